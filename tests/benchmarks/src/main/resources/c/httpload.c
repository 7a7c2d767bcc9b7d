// Sends HTTP requests at an even rate, whatever becomes of those before (an open loop), and times the answers from the
// moment at which each request was due, so that a server that stalls cannot hide it.
//
//   httpload -p port -f file [-r rate] [-k connections] [-t seconds]
//
//   -f  the requests, sent in turn: a line with the length of each, then its bytes; a stamp in one (see load.h) becomes
//       the moment at which it was due
//   -r  requests a second; 0 = as many as the connections carry, each with one at a time
//
// Prints one line of JSON.
#include "load.h"

typedef struct {
    char *bytes;
    int length;
    char *stamp; // null = none
} request;

typedef struct {
    int fd;
    ns_t due; // of the request that it carries; 0 = none
    char in[65536];
    int length;
    long body_left; // -1 = its header is not whole yet, -2 = chunked
    int status, closes;
} line;

static request *requests;
static int request_count, poller;
static long ok, others, failed;
static histogram delays;

static void read_requests(const char *name) {
    FILE *file = fopen(name, "r");
    int length;
    if (!file) {
        perror(name);
        exit(2);
    }
    while (fscanf(file, "%d", &length) == 1) {
        fgetc(file);
        requests = realloc(requests, (request_count + 1) * sizeof *requests);
        request *r = requests + request_count++;
        r->length = length;
        r->bytes = malloc(length + 1);
        if (fread(r->bytes, 1, length, file) != (size_t)length) exit(2);
        r->bytes[length] = 0;
        r->stamp = memmem(r->bytes, length, STAMP, sizeof STAMP - 1);
    }
    fclose(file);
}

static void ended(line *l, int good) {
    if (good) {
        add_delay(&delays, now() - l->due);
        if (l->status / 100 == 2) ok++; else others++;
    } else {
        failed++;
    }
    l->due = 0;
    l->length = 0;
    l->body_left = -1;
    if (l->closes) {
        close(l->fd);
        l->fd = -1;
        l->closes = 0;
    }
}

static void open_line(line *l, int port, int index) {
    l->fd = dial(port, 0);
    if (l->fd < 0) return;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    epoll_ctl(poller, EPOLL_CTL_ADD, l->fd, &event);
}

static void read_header(line *l) {
    char *end = memmem(l->in, l->length, "\r\n\r\n", 4);
    if (!end) return;
    *end = 0;
    sscanf(l->in, "HTTP/1.%*d %d", &l->status);
    l->closes = says_close(l->in);
    char *length = strcasestr(l->in, "\r\nContent-Length:");
    int rest = l->length - (int)(end + 4 - l->in);
    if (length) {
        l->body_left = atol(length + 17);
    } else {
        l->body_left = strcasestr(l->in, "\r\nTransfer-Encoding: chunked") ? -2 : 0;
    }
    memmove(l->in, end + 4, rest);
    l->length = rest;
}

static void read_answer(line *l) {
    int got = read(l->fd, l->in + l->length, sizeof l->in - 1 - l->length);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        close(l->fd);
        l->fd = -1;
        if (l->due) ended(l, 0);
        return;
    }
    l->length += got;
    l->in[l->length] = 0;
    if (l->body_left == -1) read_header(l);
    if (l->body_left >= 0 && l->length > 0) {
        l->body_left -= l->length;
        l->length = 0;
    }
    if (l->body_left == 0 || (l->body_left == -2 && l->length >= 5 && !memcmp(l->in + l->length - 5, "0\r\n\r\n", 5))) {
        ended(l, 1);
    } else if (l->body_left == -2 && l->length > 4) {
        memmove(l->in, l->in + l->length - 4, 4);
        l->length = 4;
    }
}

int main(int argc, char **argv) {
    int option, port = 80, connections = 16, seconds = 10;
    double rate = 0;
    while ((option = getopt(argc, argv, "p:f:r:k:t:")) > 0) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'f': read_requests(optarg); break;
        case 'r': rate = atof(optarg); break;
        case 'k': connections = atoi(optarg); break;
        case 't': seconds = atoi(optarg); break;
        default: return 2;
    }
    if (!request_count) return 2;
    poller = epoll_create1(0);
    line *lines = calloc(connections, sizeof *lines);
    for (int i = 0; i < connections; i++) {
        lines[i].body_left = -1;
        open_line(lines + i, port, i);
    }
    ns_t begin = now(), end = begin + seconds * 1000000000ull, give_up = end + 10 * 1000000000ull;
    long sent = 0;
    while (now() < give_up) {
        ns_t at = now();
        int due = at >= end ? 0 : rate ? (int)((at - begin) / 1e9 * rate + 1 - sent) : connections;
        for (int i = 0; i < connections && due > 0; i++) {
            line *l = lines + i;
            if (l->due) continue;
            if (l->fd < 0) open_line(l, port, i);
            if (l->fd < 0) continue;
            request *r = requests + sent % request_count;
            l->due = rate ? begin + (ns_t)(sent / rate * 1e9) : at;
            if (r->stamp) stamp(r->stamp, l->due);
            sent++;
            due--;
            if (write(l->fd, r->bytes, r->length) != r->length) ended(l, 0);
        }
        if (at >= end && ok + others + failed >= sent) break;
        struct epoll_event events[256];
        int wait = rate && at < end ? (int)(((sent / rate * 1e9) - (double)(at - begin)) / 1e6) : 10;
        int ready = epoll_wait(poller, events, 256, wait < 0 ? 0 : wait > 10 ? 10 : wait);
        for (int i = 0; i < ready; i++) {
            line *l = lines + events[i].data.u32;
            if (l->fd >= 0) read_answer(l);
        }
    }
    printf("{\"sent\":%ld,\"ok\":%ld,\"others\":%ld,\"failed\":%ld,\"seconds\":%.3f,", sent, ok, others, failed,
           (now() - begin) / 1e9);
    print_delays(&delays);
    printf(",\"cpu\":%.3f}\n", cpu_seconds());
    return 0;
}
