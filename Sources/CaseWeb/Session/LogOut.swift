// POST /logout: ends the session. 303 to the log-in page.

internal import CaseStorage
internal import HTTPTypes
internal import Markup

enum LogOut {
    static func logOut(_ visit: AgentVisit, _ path: PathValues, _ form: TextForm) throws -> Response
    {
        if let token = visit.request.cookie(SessionCookie.name) {
            try visit.desk.endSession(SessionCookie.key(of: token), at: visit.now)
        }
        var response = Response.seeOther("/login")
        response.headerFields[.setCookie] = SessionCookie.deleting(
            SessionCookie.name, for: visit.request)
        return response
    }
}
