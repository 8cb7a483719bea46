/// What becomes of stays in which a charger cannot give the energy that is asked for.
public enum ShortStays: String, Sendable, CaseIterable {
    /// They are errors.
    case refuse
    /// They take what their charger can give; how many they are is said.
    case clip
}
