/// The gender of a customer, where it is known.
package enum Gender: String, CaseIterable, Sendable, Codable {
    case male, female

    /// The word on the page.
    package var label: String {
        switch self {
        case .male: "Male"
        case .female: "Female"
        }
    }
}
