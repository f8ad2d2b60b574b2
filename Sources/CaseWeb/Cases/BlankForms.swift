internal import CaseModel
internal import Foundation
internal import Markup

/// The Case Information page with nothing filled in, written once and copied for everybody.
///
/// It is the page that agents open most, and it differs only in three texts from one person to the next:
/// their name, the form's token and the draft's name. So it is rendered with stand-ins for these, cut where
/// they are, and put together again with the real ones; once for those whose bar leads to Configuration Center
/// and once for the others. It is rendered anew when the options change, and each minute, as it holds the
/// earliest deadline.
final class BlankForms {
    private var version: Int64 = -1
    private var minute = -1
    /// By whether the bar leads to Configuration Center.
    private var pieces: [Bool: [Piece]] = [:]

    /// A part of the page: what is the same for all, or where a text goes.
    private enum Piece {
        case markup([UInt8])
        case name, token, draft
    }

    /// The page for one person, with a draft of its own.
    func html(for visit: AgentVisit, draftID: DraftID) -> HTML {
        let minute = Int(visit.now.timeIntervalSince1970 / 60)
        if visit.options.version != version || minute != self.minute {
            pieces = [:]
            version = visit.options.version
            self.minute = minute
        }
        let mayConfigure = visit.viewer.may(.caseConfiguration)
        if pieces[mayConfigure] == nil { pieces[mayConfigure] = Self.pieces(visit) }
        let name: HTML = "\(visit.employee.name)"
        let draft = Array(draftID.description.utf8)
        let token = Array(visit.tokenText.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.expectedByteCount)
        for piece in pieces[mayConfigure] ?? [] {
            switch piece {
            case .markup(let markup): bytes += markup
            case .name: bytes += name.bytes
            case .token: bytes += token
            case .draft: bytes += draft
            }
        }
        return HTML(trusted: bytes)
    }

    /// About the size of the page with 200 customers, in bytes: reserved at once rather than grown.
    private static let expectedByteCount = 48 * 1024

    /// Renders the page with random stand-ins, which no other text of it can contain, and cuts it there.
    private static func pieces(_ visit: AgentVisit) -> [Piece] {
        let (name, token, draft) = (DraftID(), DraftID(), DraftID())
        var employee = visit.employee
        employee.name = name.description
        var nobody = visit
        nobody.viewer = Viewer(
            employee: employee, queues: [], permissions: visit.viewer.permissions)
        nobody.tokenText = token.description
        let page = CaseFormPage(visit: nobody, draftID: draft).html()
        var pieces: [Piece] = [.markup(page.bytes)]
        for (standIn, piece) in [(name, Piece.name), (token, .token), (draft, .draft)] {
            pieces = pieces.flatMap { cut($0, at: Array(standIn.description.utf8), for: piece) }
        }
        return pieces
    }

    private static func cut(_ piece: Piece, at standIn: [UInt8], for hole: Piece) -> [Piece] {
        guard case .markup(let markup) = piece else { return [piece] }
        let parts = markup.split(separator: standIn, omittingEmptySubsequences: false)
        let cutParts = parts.map { Piece.markup(Array($0)) }
        return Array(cutParts.map { [$0] }.joined(separator: [hole]))
    }
}
