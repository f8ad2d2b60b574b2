package import CaseModel
internal import Foundation
internal import GRDB

// What is set without a form.

extension TenantStore {
    /// Stores the settings of the tenant space.
    package func updateTenant(_ space: TenantSpace) throws(StoreError) {
        try writer.write { db in
            try db.run(
                """
                INSERT INTO tenant (id, displayName, timeZone, isCaseEnabled) VALUES (1, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET
                    displayName = excluded.displayName, timeZone = excluded.timeZone,
                    isCaseEnabled = excluded.isCaseEnabled
                """, [space.displayName, space.timeZone.identifier, space.isCaseEnabled])
        }
    }

    /// Adds a case type without a form, as the command line does.
    ///
    /// - Parameters:
    ///   - keywords: One a line or separated by commas.
    ///   - statuses: The process in its order; ``CaseType/completedStatus`` is appended when it is missing.
    /// - Throws: ``StoreError/rejected(_:)``.
    package func addCaseType(
        name: String, summary: String, keywords: String, statuses: [String], isEnabled: Bool
    ) throws(StoreError) -> CaseType {
        var texts = FieldTexts()
        texts[caseType: .name] = name
        texts[caseType: .description] = summary
        texts[caseType: .keywords] = keywords
        texts[caseType: .statuses] = Lines.joined(statuses)
        var problems: [FieldProblem] = []
        guard let values = CaseTypeValues(texts, problems: &problems) else {
            throw .rejected(problems)
        }
        let id = try addCaseType(values, isEnabled: isEnabled, key: nil, .commandLine)
        return CaseType(id: id, values: values, isEnabled: isEnabled)
    }

    /// Lets new cases be of a type, or not, without a form.
    ///
    /// - Throws: As ``setCaseType(_:isEnabled:_:)``.
    package func setCaseType(_ id: CaseTypeID, isEnabled: Bool) throws(StoreError) {
        try setCaseType(id, isEnabled: isEnabled, .commandLine)
    }
}
