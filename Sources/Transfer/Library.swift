internal import CCurl

/// libcurl, set up once a process.
enum Library {
    /// Whether `curl_global_init` went well; it is not to be called by two threads at once, which a
    /// static value sees to.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
