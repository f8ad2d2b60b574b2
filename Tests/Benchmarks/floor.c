// The floor of the benchmark: the least that a responder on libfcgi can do.
//
//   floor SOCKET PAGE SAVED DIRECTORY
//
// 16 threads, each with libfcgi's own accept. GET answers the bytes of the file PAGE, CGI header and
// body, from memory. POST reads the body, writes it to a new file in DIRECTORY while it arrives,
// syncs it to disk, and answers the bytes of the file SAVED. Nothing is looked at or escaped.
#include <fcgiapp.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { THREADS = 16, CHUNK = 65536, LONGEST_ANSWER = 1 << 20 };

struct answer {
    char bytes[LONGEST_ANSWER];
    int count;
};

static struct answer page, saved;
static const char *directory;
static int listener;
static atomic_ulong files;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void load(struct answer *answer, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    answer->count = (int)fread(answer->bytes, 1, sizeof answer->bytes, file);
    fclose(file);
}

static int store(FCGX_Request *request, char *chunk) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%lu", directory, atomic_fetch_add(&files, 1));
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0) return -1;
    int count, isStored = 1;
    do {
        count = FCGX_GetStr(chunk, CHUNK, request->in);
        for (int done = 0; done < count && isStored;) {
            ssize_t written = write(file, chunk + done, (size_t)(count - done));
            if (written <= 0) isStored = 0;
            else done += (int)written;
        }
    } while (count == CHUNK && isStored);
    isStored = isStored && FCGX_GetError(request->in) == 0 && fsync(file) == 0;
    close(file);
    return isStored ? 0 : -1;
}

static void *work(void *unused) {
    (void)unused;
    FCGX_Request request;
    char *chunk = malloc(CHUNK);
    if (!chunk) fail("malloc");
    FCGX_InitRequest(&request, listener, 0);
    while (FCGX_Accept_r(&request) >= 0) {
        const char *method = FCGX_GetParam("REQUEST_METHOD", request.envp);
        if (method && strcmp(method, "POST") == 0) {
            if (store(&request, chunk) == 0) {
                FCGX_PutStr(saved.bytes, saved.count, request.out);
            } else {
                FCGX_PutS("Status: 500 Internal Server Error\r\n\r\n", request.out);
            }
        } else {
            FCGX_PutStr(page.bytes, page.count, request.out);
        }
        FCGX_Finish_r(&request);
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 5) {
        fputs("usage: floor SOCKET PAGE SAVED DIRECTORY\n", stderr);
        return 2;
    }
    load(&page, arguments[2]);
    load(&saved, arguments[3]);
    directory = arguments[4];
    FCGX_Init();
    // libfcgi's handlers would make the process ignore SIGTERM.
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    listener = FCGX_OpenSocket(arguments[1], 1024);
    if (listener < 0) fail("socket");
    chmod(arguments[1], 0666);
    for (int i = 1; i < THREADS; i++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, NULL) != 0) fail("thread");
    }
    work(NULL);
    return 0;
}
