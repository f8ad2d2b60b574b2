internal import Markup

/// Whether something is in use, as a word with a mark; never told by colour alone.
enum OnOff {
    static func mark(_ isOn: Bool, _ word: String) -> HTML {
        "<span class=\"state on-off\(" is-on", if: isOn)\">\(word)</span>"
    }
}
