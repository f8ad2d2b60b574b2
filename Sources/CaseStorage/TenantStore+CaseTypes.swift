package import CaseModel
internal import Foundation
internal import GRDB

// The kinds of cases: only a disabled one changes, and an enabled one is what agents choose. What was made of
// a type keeps the process that the type had then.

extension TenantStore {
    /// Adds a case type.
    ///
    /// - Parameter key: The form's name: sent again, it finds the type that it has made.
    /// - Throws: ``StoreError/rejected(_:)`` for a name that is taken and for a parent that cannot be one.
    package func addCaseType(
        _ values: CaseTypeValues, isEnabled: Bool, key: DraftID?, _ edit: Edit
    ) throws(StoreError) -> CaseTypeID {
        try writer.write { db in
            if let made = try db.creation(key, of: .caseType) { return CaseTypeID(number: made) }
            try db.check(values, of: nil, isEnabled: isEnabled)
            try db.run(
                """
                INSERT INTO caseType (name, nameKey, parent, summary, keywords, statuses,
                    isStrict, verifiesTasks, isEnabled)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, values.columns + [isEnabled])
            let id = CaseTypeID(number: db.lastInsertedRowID)
            try db.recordCreation(of: .caseType, id.number, key: key, edit)
            return id
        }
    }

    /// Changes a disabled case type.
    ///
    /// - Throws: ``StoreError/inUse(_:)`` while the type is enabled, ``StoreError/editedMeanwhile(_:)``,
    ///   ``StoreError/rejected(_:)``, ``StoreError/unknown(_:)``.
    package func updateCaseType(
        _ id: CaseTypeID, to values: CaseTypeValues, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let current = try db.caseType(id) else { throw StoreError.unknown("case type") }
            guard !current.isEnabled else {
                throw StoreError.inUse("the case type is enabled; disable it before you change it")
            }
            let merged = try db.merge(values, into: current.values, id: id.number, edit)
            guard let merged else { return }
            try db.check(merged, of: id, isEnabled: false)
            try db.run(
                """
                UPDATE caseType SET name = ?, nameKey = ?, parent = ?, summary = ?, keywords = ?,
                    statuses = ?, isStrict = ?, verifiesTasks = ?
                WHERE id = ?
                """, merged.columns + [id.number])
        }
    }

    /// Lets new cases be of a type, or not.
    ///
    /// - Throws: ``StoreError/inUse(_:)`` for a type that open cases, an enabled type below it or an assignment
    ///   rule need, and for one whose parent is disabled; ``StoreError/unknown(_:)``.
    package func setCaseType(
        _ id: CaseTypeID, isEnabled: Bool, _ edit: Edit
    ) throws(StoreError) {
        try writer.write { db in
            guard let type = try db.caseType(id) else { throw StoreError.unknown("case type") }
            guard type.isEnabled != isEnabled else { return }
            if isEnabled {
                try db.refuseDisabledParent(type)
            } else {
                try db.refuseInUse(id, \.againstDisabling)
            }
            try db.run("UPDATE caseType SET isEnabled = ? WHERE id = ?", [isEnabled, id.number])
            try db.record(
                CaseTypeField.isEnabled.rawValue, from: isEnabled ? "" : FieldTexts.ticked,
                to: isEnabled ? FieldTexts.ticked : "", of: .caseType, id.number, edit)
        }
    }

    /// Deletes a disabled case type that nothing refers to.
    ///
    /// - Throws: ``StoreError/inUse(_:)``; a type that is gone already is no error.
    package func deleteCaseType(_ id: CaseTypeID, _ edit: Edit) throws(StoreError) {
        try writer.write { db in
            guard let type = try db.caseType(id) else { return }
            guard !type.isEnabled else {
                throw StoreError.inUse("the case type is enabled; disable it before you delete it")
            }
            try db.refuseInUse(id, \.againstDeleting)
            try db.run("DELETE FROM caseType WHERE id = ?", [id.number])
            try db.recordDeletion(of: .caseType, id.number, named: type.name, edit)
        }
    }
}

extension CaseTypeValues {
    /// In the order of the statements above.
    fileprivate var columns: StatementArguments {
        [
            name, NameKey.of(name), parent?.number, summary, Lines.joined(keywords),
            Lines.joined(statuses), isStrict, verifiesTasks,
        ]
    }
}

extension Database {
    /// Checks what only the other types show.
    ///
    /// - Throws: ``StoreError/rejected(_:)`` with all problems.
    fileprivate func check(
        _ values: CaseTypeValues, of id: CaseTypeID?, isEnabled: Bool
    ) throws {
        var problems: [FieldProblem] = []
        let same = try number(
            "SELECT id FROM caseType WHERE nameKey = ?", [NameKey.of(values.name)])
        if let same, same != id?.number {
            problems.append(
                FieldProblem(
                    CaseTypeField.name.rawValue,
                    "There is a case type “\(values.name)” already; choose another name"))
        }
        if let parent = values.parent {
            let tree = CaseTypeTree(try caseTypes())
            if let message = tree.problem(with: parent, above: id, isEnabled: isEnabled) {
                problems.append(FieldProblem(CaseTypeField.parent.rawValue, message))
            }
        }
        guard problems.isEmpty else { throw StoreError.rejected(problems) }
    }

    fileprivate func refuseDisabledParent(_ type: CaseType) throws {
        guard let parent = try type.parent.flatMap(caseType), !parent.isEnabled else { return }
        throw StoreError.inUse(
            "its parent “\(parent.name)” is disabled; enable that first, or take it out as the parent"
        )
    }

    fileprivate func refuseInUse(
        _ id: CaseTypeID, _ against: KeyPath<CaseTypeReferences, [String]>
    ) throws {
        let reasons = try references(to: id)?[keyPath: against] ?? []
        guard reasons.isEmpty else {
            throw StoreError.inUse(reasons.joined(separator: ", "))
        }
    }
}

extension CaseTypeTree {
    /// Why a type cannot stand below `parent`; `nil` when it can.
    ///
    /// - Parameter id: The type; `nil` for a new one.
    fileprivate func problem(
        with parent: CaseTypeID, above id: CaseTypeID?, isEnabled: Bool
    ) -> String? {
        guard let node = node(parent) else {
            return "Choose a parent from the list; the one chosen does not exist any more"
        }
        if let id, isWithin(parent, of: id) {
            return "“\(node.type.name)” stands below this type, so it cannot be its parent; "
                + "choose another"
        }
        if isEnabled && !node.type.isEnabled {
            return "The parent “\(node.type.name)” is disabled; enable it first, or choose another"
        }
        let height = id.map { self.height(of: $0) } ?? 1
        if node.depth + 1 + height > CaseTypeLimit.maximumDepth {
            return "The tree may be \(CaseTypeLimit.maximumDepth) levels deep; "
                + "choose a parent further up"
        }
        return nil
    }
}
