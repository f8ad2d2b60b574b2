/// How a case that a queue owns comes to one of its members.
package enum Distribution: String, CaseIterable, Sendable, Codable {
    /// It waits until a member takes it.
    case claim
    /// Each member in turn.
    case roundRobin = "round_robin"
    /// The member with the fewest open cases.
    case leastOpen = "least_open"
}
