/// What stands against going on with a study.
public enum StudyStoreError: Error, Equatable, CustomStringConvertible {
    case noStudy(path: String)
    case damaged(path: String, reason: String)
    case otherVersion(path: String, found: String, wanted: String)
    case otherDecisions(path: String, generation: Int)

    public var description: String {
        switch self {
        case .noStudy(let path):
            "there is no study in '\(path)'. One that was stopped before its first generation is begun again with the command that "
                + "began it."
        case .damaged(let path, let reason): "'\(path)' is damaged: \(reason). Begin the study again in another folder."
        case .otherVersion(let path, let found, let wanted):
            "the study in '\(path)' was begun by \(found), and this is \(wanted). Its digits may differ, so that one search would become "
                + "two. Go on with the program that began it, or begin again in another folder."
        case .otherDecisions(let path, let generation):
            "the study in '\(path)' asked for other decisions in generation \(generation) than this program does. Go on with the "
                + "program that began it, or begin again in another folder."
        }
    }
}
