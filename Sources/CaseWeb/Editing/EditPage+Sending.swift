internal import CaseModel
internal import CaseStorage
internal import HTTPTypes
internal import Markup

// What happens to an edit form that was sent: 303 to the thing when it was stored; 422 with the page again when
// a field is wrong; 409 with the page again when somebody else has changed the same fields; 503 with the page
// again when nothing could be stored. No answer loses what was typed.

extension EditPage {
    /// Makes a thing of the form.
    ///
    /// - Parameter store: Stores the values once for each key and returns where the thing is.
    func create<Values: Editable>(
        _ form: TextForm, _ store: (Values, DraftID, Edit) throws(StoreError) -> Link
    ) throws -> Response {
        let key = DraftID(form[Self.creationKeyName]) ?? DraftID()
        var page = self
        page.origin = .new(key)
        let edit = Edit(base: 0, by: visit.employee.id, at: visit.now)
        return try page.send(form) { (values) throws(StoreError) in try store(values, key, edit) }
    }

    /// Changes a thing as the form says.
    ///
    /// - Parameter store: Merges the values with what is stored and returns where the thing is.
    func save<Values: Editable>(
        _ form: TextForm, _ store: (Values, Edit) throws(StoreError) -> Link
    ) throws -> Response {
        let base = Int64(form[Self.baseName]) ?? 0
        var page = self
        page.origin = .stored(base: base)
        let edit = Edit(base: base, by: visit.employee.id, at: visit.now)
        return try page.send(form) { (values) throws(StoreError) in try store(values, edit) }
    }

    /// Shows what the form would make, and stores nothing: 200, or 422 with what is wrong.
    ///
    /// - Parameter show: Puts it on the page; gets every problem that it finds on the way.
    func tryOut<Values: Editable>(
        _ form: TextForm, _ show: (inout EditPage, Values, inout [FieldProblem]) throws -> Void
    ) rethrows -> Response {
        var page = self
        page.origin = .stored(base: Int64(form[Self.baseName]) ?? 0)
        var problems: [FieldProblem] = []
        let values: Values? = page.take(form, problems: &problems)
        if let values, problems.isEmpty { try show(&page, values, &problems) }
        return problems.isEmpty ? page.response() : page.wrong(problems)
    }

    /// Puts what was typed into the page, and reads the values from it.
    private mutating func take<Values: Editable>(
        _ form: TextForm, problems: inout [FieldProblem]
    ) -> Values? {
        texts = form.texts(of: fields, problems: &problems)
        var all = texts
        for name in given.names { all[name] = given[name] }
        return Values(all, problems: &problems)
    }

    private func send<Values: Editable>(
        _ form: TextForm, _ store: (Values) throws(StoreError) -> Link
    ) throws -> Response {
        var page = self
        var problems: [FieldProblem] = []
        let values: Values? = page.take(form, problems: &problems)
        guard let values, problems.isEmpty else { return page.wrong(problems) }
        do throws(StoreError) {
            return .seeOther(saved(try store(values)))
        } catch {
            return try page.answer(to: error)
        }
    }

    /// The page again, with what the store had against the values.
    private func answer(to error: StoreError) throws -> Response {
        switch error {
        case .rejected(let problems): return wrong(problems)
        case .editedMeanwhile(let conflict): return meanwhile(conflict)
        default: return try unstored(error)
        }
    }

    private func wrong(_ problems: [FieldProblem]) -> Response {
        let problems = problems + retyped.filter { !problems.map(\.field).contains($0.field) }
        var page = self
        let names = fields.map(\.name)
        let inOrder = names.flatMap { name in problems.filter { $0.field == name } }
        page.problems = inOrder + problems.filter { !names.contains($0.field) }
        return page.response(.unprocessableContent)
    }

    private func meanwhile(_ conflict: Conflict) -> Response {
        var page = self
        page.origin = .stored(base: conflict.base)
        page.texts = conflict.merged
        page.conflicts = fields.flatMap { field in
            conflict.fields.filter { $0.field == field.name }
        }
        page.problems = retyped
        return page.response(.conflict)
    }

    private func unstored(_ fault: StoreError) throws -> Response {
        guard let refusal = Refusal(fault) else { throw fault }
        var page = self
        page.warning = refusal.title + ". " + refusal.advice
        page.problems = retyped
        var response = page.response(refusal.status)
        response.headerFields[.retryAfter] = refusal.retryAfter.map(String.init)
        return response
    }

    private func saved(_ link: Link) -> Link { isPartOfOther ? link : "\(link)?saved=1" }
}

extension HTML {
    /// The calm word after a change was stored: on the page that `?saved=1` leads to.
    static func savedNotice(_ visit: AgentVisit) -> HTML {
        visit.query["saved"] == "1" ? .notice("Saved.") : .empty
    }
}

extension TextForm {
    /// What was typed and chosen, right or wrong, by the fields of a form.
    ///
    /// - Parameter problems: Gets one for each text that cannot be stored as it is.
    func texts(of fields: [EditField], problems: inout [FieldProblem]) -> FieldTexts {
        var texts = FieldTexts()
        for field in fields {
            let sent = sentTexts(of: field.name)
            texts[field.name] = sent.map(\.text).joined(separator: "\n")
            if sent.contains(where: \.isDamaged) {
                problems.append(
                    FieldProblem(field.name, SentText.sentence(label: field.label)))
            }
        }
        return texts
    }
}
