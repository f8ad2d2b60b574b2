/// Case types as the tree that their parents make, depth first.
package struct CaseTypeTree: Sendable {
    /// A type with its place in the tree.
    package struct Node: Sendable {
        package let type: CaseType
        /// The types above it, the top one first.
        package let ancestors: [CaseType]

        /// How deep it stands, 0 at the top.
        package var depth: Int { ancestors.count }

        /// Where it stands, in words: `Billing › Refund`.
        package var path: String {
            (ancestors + [type]).map(\.name).joined(separator: " › ")
        }
    }

    /// Every type, each before those below it; siblings stay in the order in which they were given.
    package let nodes: [Node]

    /// - Parameter types: A type whose parent is not among them stands at the top.
    package init(_ types: [CaseType]) {
        let known = Set(types.map(\.id))
        let children = Dictionary(grouping: types) { type in
            type.parent.flatMap { known.contains($0) ? $0 : nil }
        }
        var nodes: [Node] = []
        func add(_ type: CaseType, below ancestors: [CaseType]) {
            nodes.append(Node(type: type, ancestors: ancestors))
            for child in children[type.id] ?? [] { add(child, below: ancestors + [type]) }
        }
        for top in children[nil] ?? [] { add(top, below: []) }
        self.nodes = nodes
    }

    /// The place of a type; `nil` when it is not in the tree.
    package func node(_ id: CaseTypeID) -> Node? {
        nodes.first { $0.type.id == id }
    }

    /// Whether a type is the other one or stands somewhere below it.
    package func isWithin(_ id: CaseTypeID, of other: CaseTypeID) -> Bool {
        id == other || node(id)?.ancestors.contains { $0.id == other } ?? false
    }

    /// Levels from a type down to its lowest leaf, at least 1.
    package func height(of id: CaseTypeID) -> Int {
        let depths = nodes.filter { isWithin($0.type.id, of: id) }.map(\.depth)
        guard let top = node(id)?.depth, let lowest = depths.max() else { return 1 }
        return lowest - top + 1
    }
}
