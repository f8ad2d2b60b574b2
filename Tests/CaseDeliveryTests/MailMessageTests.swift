import CaseModel
import Foundation
import Testing

@testable import CaseDelivery

@Suite("A mail")
struct MailMessageTests {
}
