import Energy
import Foundation
import Testing

@testable import CaseFiles

/// Stations whose fleet is given as a whole.
@Suite struct EnvelopeTests {
    private static var files: [String: String] {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml
            .replacing(
                "sessions: {file: data/ev_sessions.csv, index: session}",
                with: "fleet: {file: data/fleet.csv, index: hour}"
            )
            .replacing(
                "sessions: sessions, chargers: 40,",
                with:
                    "envelope: {max_charge: fleet.up, max_discharge: 70 kW, min_energy: fleet.least, max_energy: fleet.most},"
            )
        files["data/fleet.csv"] =
            "hour,up [MW],least [kWh],most [MWh]\n"
            + (0..<24).map { "\($0),0.07,\($0 == 23 ? 120 : -40),0.25" }.joined(separator: "\n")
        return files
    }

    private func fleet(_ read: Case) throws -> AggregateFleet {
        let station = try #require(read.system.parties.first { $0.name == "plaza" })
        return try #require(station.components.first as? AggregateFleet)
    }

    @Test func anEnvelopeIsReadInTheEnginesUnits() throws {
        let read = try Workshop.read(Self.files)
        // The vehicles of this envelope are weaker than the site.
        #expect(read.warnings.map(\.path) == ["ev_stations.plaza.site_limit"], "\(read.warnings)")
        let envelope = try fleet(read).envelope
        #expect(envelope.maximumCharge == Array(repeating: 70, count: 24))
        #expect(envelope.maximumDischarge == Array(repeating: 70, count: 24))
        #expect(envelope.minimumEnergy == Array(repeating: -40, count: 23) + [120])
        #expect(envelope.maximumEnergy == Array(repeating: 250, count: 24))
        // Without vehicles there is none to split a schedule over.
        #expect(read.fleets.isEmpty)
        #expect(read.listing.contains { $0.path == "ev_stations.plaza.envelope.max_energy" && $0.unit == "kWh" })
    }

    @Test func variantsChangeWhatTheStationMayDo() throws {
        let read = try Workshop.read(Self.files, variant: "no_v2g")
        #expect(try fleet(read).envelope.maximumDischarge == Array(repeating: 0, count: 24))
    }
}
