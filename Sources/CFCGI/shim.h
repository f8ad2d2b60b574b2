// Debian's libfcgi-dev, the FastCGI protocol (fcgiapp.h), and the Linux calls around it that the
// Swift importer does not see: they need _GNU_SOURCE, a packed struct or a union.
#ifndef CASEDESK_CFCGI_SHIM_H
#define CASEDESK_CFCGI_SHIM_H

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>

// accept4(2) is declared only under _GNU_SOURCE, which a module map cannot set.
int accept4(int listener, struct sockaddr *address, socklen_t *length, int flags);

/// Takes one waiting connection, close-on-exec and blocking. Returns -1 and errno when there is none.
static inline int cfcgi_accept(int listener) {
    return accept4(listener, 0, 0, SOCK_CLOEXEC);
}

static inline int cfcgi_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

/// Adds or re-arms a descriptor that is reported once and then held back until it is armed again.
static inline int cfcgi_epoll_arm(int epoll, int descriptor, int isNew) {
    struct epoll_event event;
    event.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;
    event.data.u64 = 0;
    event.data.fd = descriptor;
    return epoll_ctl(epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

/// Adds a descriptor that is reported to every waiting thread for as long as it is readable.
static inline int cfcgi_epoll_add_for_all(int epoll, int descriptor) {
    struct epoll_event event;
    event.events = EPOLLIN;
    event.data.u64 = 0;
    event.data.fd = descriptor;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

static inline int cfcgi_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, 0);
}

/// Waits for one event. Returns its descriptor, or -1 and errno.
static inline int cfcgi_epoll_wait(int epoll) {
    struct epoll_event event;
    int count;
    do {
        count = epoll_wait(epoll, &event, 1, -1);
    } while (count == 0 || (count < 0 && errno == EINTR));
    return count < 0 ? -1 : event.data.fd;
}

static inline int cfcgi_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

static inline int cfcgi_timerfd(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
}

/// Makes a timer readable once, this many milliseconds from now.
static inline int cfcgi_timerfd_set(int timer, int64_t milliseconds) {
    struct itimerspec delay;
    memset(&delay, 0, sizeof delay);
    delay.it_value.tv_sec = milliseconds / 1000;
    delay.it_value.tv_nsec = (milliseconds % 1000) * 1000000;
    return timerfd_settime(timer, 0, &delay, 0);
}

/// Whether the peer has closed, or shut down its side; what it sent before may still lie there.
static inline int cfcgi_peer_has_ended(int descriptor) {
    struct pollfd entry;
    entry.fd = descriptor;
    entry.events = 0x2000;  // POLLRDHUP, declared only under _GNU_SOURCE
    entry.revents = 0;
    return poll(&entry, 1, 0) > 0;
}

/// Writes a path into a socket address. Returns its length, or 0 when the path does not fit.
static inline socklen_t cfcgi_unix_address(struct sockaddr_un *address, const char *path) {
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address->sun_path) return 0;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length);
    return (socklen_t)sizeof *address;
}

/// connect(2) to a Unix socket. Returns 0, or -1 and errno.
static inline int cfcgi_unix_connect(int descriptor, const char *path) {
    struct sockaddr_un address;
    socklen_t length = cfcgi_unix_address(&address, path);
    if (length == 0) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return connect(descriptor, (struct sockaddr *)&address, length);
}

/// bind(2) to a Unix socket. Returns 0, or -1 and errno.
static inline int cfcgi_unix_bind(int descriptor, const char *path) {
    struct sockaddr_un address;
    socklen_t length = cfcgi_unix_address(&address, path);
    if (length == 0) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return bind(descriptor, (struct sockaddr *)&address, length);
}

/// Bytes that are sent but not copied.
struct cfcgi_piece {
    const uint8_t *start;
    size_t count;
};

/// Sends four pieces as one write, without a SIGPIPE when the peer has gone. The first `sent` bytes
/// of them are left out. Returns how many bytes were taken, or -1 and errno.
static inline ssize_t cfcgi_send(
    int descriptor, struct cfcgi_piece first, struct cfcgi_piece second, struct cfcgi_piece third,
    struct cfcgi_piece fourth, size_t sent) {
    struct cfcgi_piece pieces[4] = {first, second, third, fourth};
    struct iovec vectors[4];
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = vectors;
    for (int i = 0; i < 4; i++) {
        size_t skipped = sent < pieces[i].count ? sent : pieces[i].count;
        sent -= skipped;
        if (pieces[i].count == skipped) continue;
        vectors[message.msg_iovlen].iov_base = (void *)(pieces[i].start + skipped);
        vectors[message.msg_iovlen].iov_len = pieces[i].count - skipped;
        message.msg_iovlen++;
    }
    return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

#endif
