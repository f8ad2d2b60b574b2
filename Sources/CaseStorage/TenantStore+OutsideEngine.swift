package import CaseModel
internal import GRDB

// The outside engine: a chat endpoint and its token. The token is stored as it is, since it has to be sent; no page and
// no history has it.

extension TenantStore {
    /// Changes the outside engine; what other people changed in the meantime stays, and of two new tokens the
    /// later one.
    ///
    /// - Throws: ``StoreError/editedMeanwhile(_:)``, ``StoreError/rejected(_:)``.
    package func updateOutsideEngine(
        _ values: OutsideEngineValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            let stored = try db.outsideEngine()
            let merged = try db.merge(
                values, into: stored.values, id: OutsideEngineValues.id, edit)
            if let merged {
                try db.run(
                    "UPDATE outsideEngine SET isEnabled = ?, address = ?, model = ? WHERE id = 1",
                    [merged.isEnabled, merged.address, merged.model])
            }
            let token = values.forgetsToken ? "" : values.newToken
            guard values.forgetsToken || !token.isEmpty, token != stored.token else { return }
            try db.run("UPDATE outsideEngine SET token = ? WHERE id = 1", [token])
            try db.record(
                OutsideEngineValues.Field.token, from: OutsideEngineSetup.trace(of: stored.token),
                to: OutsideEngineSetup.trace(of: token), of: .outsideEngine, OutsideEngineValues.id,
                edit)
        }
    }
}

extension StoreReader {
    /// The outside engine as it is asked.
    package func outsideEngine() throws(StoreError) -> OutsideEngineSetup {
        try query { db in try db.outsideEngine() }
    }
}

extension Database {
    fileprivate func outsideEngine() throws -> OutsideEngineSetup {
        guard
            let row = try row(
                "SELECT isEnabled, address, model, token FROM outsideEngine WHERE id = 1")
        else { throw StoreError.corrupt("the outside engine has no settings") }
        return OutsideEngineSetup(
            values: OutsideEngineValues(
                isEnabled: row["isEnabled"], address: row["address"], model: row["model"]),
            token: row["token"])
    }
}

extension OutsideEngineSetup {
    /// What the history has of a token: that there was one.
    fileprivate static func trace(of token: String) -> String { token.isEmpty ? "" : "set" }
}
