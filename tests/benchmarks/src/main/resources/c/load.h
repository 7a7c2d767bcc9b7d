// What the load programs share: a clock, a histogram of delays, and numbers that requests and frames carry.
#ifndef LOAD_H
#define LOAD_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

typedef uint64_t ns_t;

// The clock of Java's System.nanoTime too, so that moments of two processes can be compared.
static ns_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static double cpu_seconds(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static inline void allow_all_files(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

// Delays of up to an hour, kept in classes of 1/64 of their value, as HdrHistogram does: http://hdrhistogram.org
typedef struct {
    uint64_t counts[64 * 64];
    uint64_t total;
    ns_t max;
} histogram;

static inline int class_of(ns_t delay) {
    int shift = 63 - __builtin_clzll(delay | 1);
    return shift < 6 ? (int)delay : (shift - 5) * 64 + (int)(delay >> (shift - 6)) - 64;
}

static inline void add_delay(histogram *h, ns_t delay) {
    h->counts[class_of(delay)]++;
    h->total++;
    if (delay > h->max) h->max = delay;
}

static inline double millis_at(const histogram *h, double quantile) {
    uint64_t wanted = (uint64_t)(quantile * h->total), seen = 0;
    if (h->total == 0) return 0;
    for (int i = 0; i < 64 * 64; i++) {
        seen += h->counts[i];
        if (seen > wanted) {
            double at = i < 64 ? i : (double)((i % 64) + 64 + 1) * (double)(1ull << (i / 64 - 1));
            return (at < h->max ? at : h->max) / 1e6;
        }
    }
    return h->max / 1e6;
}

static inline void print_delays(const histogram *h) {
    printf("\"count\":%llu,\"p50\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f", (unsigned long long)h->total,
           millis_at(h, 0.5), millis_at(h, 0.99), millis_at(h, 0.999), h->max / 1e6);
}

static int dial(int port, int source) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (source) { // several addresses of loopback, since one has 28,000 ports only
        struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + source % 8)};
        setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        bind(fd, (void *)&from, sizeof from);
    }
    if (connect(fd, (void *)&to, sizeof to)) {
        close(fd);
        return -1;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

// Whether an answer's header, a text, says that the server ends the connection behind it.
static inline int says_close(const char *header) {
    return strcasestr(header, "\r\nConnection: close") != 0;
}

// "{name}" in a text that a program was given.
static inline char *replaced(const char *text, const char *name, const char *value) {
    char *out = malloc(strlen(text) + 16 * strlen(value) + 1), *end = out;
    size_t length = strlen(name);
    while (*text) {
        if (!strncmp(text, name, length)) {
            end = stpcpy(end, value);
            text += length;
        } else {
            *end++ = *text++;
        }
    }
    *end = 0;
    return out;
}

// A moment in a text, "@" and 19 digits: put in when a request was due, read from the frame that comes of it.
#define STAMP "@0000000000000000000"

static inline void stamp(char *at, ns_t moment) {
    char digits[24];
    snprintf(digits, sizeof digits, "@%019llu", (unsigned long long)moment);
    memcpy(at, digits, sizeof STAMP - 1);
}
#endif
