// Debian's libcurl4-openssl-dev (HTTP and SMTP with TLS), and its variadic calls with the types
// that each option has: Swift calls no variadic C function.
#ifndef CASEDESK_CCURL_SHIM_H
#define CASEDESK_CCURL_SHIM_H

// The checks are GCC's and made for options that are written out; here they come as arguments.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// Sets an option that takes a `char *`; libcurl copies it.
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

/// Sets an option that takes a `long`.
static inline CURLcode ccurl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

/// Sets an option that takes a list; libcurl does not copy it, so it has to outlive the transfer.
static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *list) {
    return curl_easy_setopt(handle, option, list);
}

/// Sets an option that takes a pointer that libcurl hands back, or a buffer it writes into.
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *pointer) {
    return curl_easy_setopt(handle, option, pointer);
}

/// Sets the body of a POST, which libcurl copies.
static inline CURLcode ccurl_set_body(CURL *handle, const void *bytes, curl_off_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

/// The type of CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION.
typedef size_t (*ccurl_stream_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode ccurl_set_stream_function(
    CURL *handle, CURLoption option, ccurl_stream_function function) {
    return curl_easy_setopt(handle, option, function);
}

/// The type of CURLOPT_PREREQFUNCTION: called when the connection stands and nothing was sent.
typedef int (*ccurl_request_function)(
    void *context, char *remote_address, char *local_address, int remote_port, int local_port);

static inline CURLcode ccurl_set_request_function(CURL *handle, ccurl_request_function function) {
    return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, function);
}

/// The type of CURLOPT_XFERINFOFUNCTION: called during a transfer, once a second at least.
typedef int (*ccurl_progress_function)(
    void *context, curl_off_t to_receive, curl_off_t received, curl_off_t to_send, curl_off_t sent);

static inline CURLcode ccurl_set_progress_function(CURL *handle, ccurl_progress_function function) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

/// The last answer's number: an HTTP status, or the reply code of an SMTP server; 0 when none came.
static inline long ccurl_answer_code(CURL *handle) {
    long code = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

/// How many connections the last transfer had to make; 0 when it used one that was kept.
static inline long ccurl_connection_count(CURL *handle) {
    long count = 0;
    return curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, &count) == CURLE_OK ? count : 0;
}

/// The type of CURLOPT_DEBUGFUNCTION: gets what is sent and received.
typedef int (*ccurl_debug_function)(
    CURL *handle, curl_infotype type, char *bytes, size_t count, void *context);

/// Has what a transfer sends and receives shown to a function instead of nobody.
static inline CURLcode ccurl_set_debug_function(
    CURL *handle, ccurl_debug_function function, void *context) {
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
}

/// The sockets of a handle: how many are open, and the one that was opened last, or -1 when that
/// is closed.
struct ccurl_sockets {
    int open_count;
    int last;
};

static inline int ccurl_note_opened(void *context, curl_socket_t descriptor, curlsocktype purpose) {
    struct ccurl_sockets *sockets = (struct ccurl_sockets *)context;
    (void)purpose;
    sockets->open_count++;
    sockets->last = descriptor;
    return CURL_SOCKOPT_OK;
}

static inline int ccurl_note_closed(void *context, curl_socket_t descriptor) {
    struct ccurl_sockets *sockets = (struct ccurl_sockets *)context;
    sockets->open_count--;
    if (sockets->last == descriptor) sockets->last = -1;
    return close(descriptor);
}

/// Has the handle's sockets noted, in what has to outlive the handle.
static inline CURLcode ccurl_note_sockets(CURL *handle, struct ccurl_sockets *sockets) {
    curl_easy_setopt(handle, CURLOPT_SOCKOPTDATA, sockets);
    curl_easy_setopt(handle, CURLOPT_SOCKOPTFUNCTION, ccurl_note_opened);
    curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, sockets);
    return curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, ccurl_note_closed);
}

/// Has nothing more received on the connection that is open, so that nobody waits for it.
static inline void ccurl_stop_receiving(const struct ccurl_sockets *sockets) {
    if (sockets->last >= 0) shutdown(sockets->last, SHUT_RD);
}

/// Whether the peer has closed the only connection there is, or shut down its side; 0 where two
/// addresses were tried at once, so that it is not known which one it is.
static inline int ccurl_peer_has_closed(const struct ccurl_sockets *sockets) {
    struct pollfd entry;
    if (sockets->open_count != 1 || sockets->last < 0) return 0;
    entry.fd = sockets->last;
    entry.events = 0x2000;  // POLLRDHUP, declared only under _GNU_SOURCE
    entry.revents = 0;
    return poll(&entry, 1, 0) > 0;
}

#endif
