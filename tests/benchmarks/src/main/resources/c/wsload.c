// Opens N WebSockets from one thread and times the frames that come. The same client for every system that is compared.
//
//   wsload -p port -n sockets -P path [-H header]... [-T file] [-F text]... [-m bytes] [-e] [-s percent] [-j millis]
//
//   -P, -H, -F  may name {i}, the socket's number from 0, and {t}, the line of that number in the file -T
//   -F          a text frame to send after the upgrade
//   -m          frames shorter than this are not counted (64)
//   -e          speaks engine.io: answers "2" with "3"
//   -s          so many of the sockets, in percent, are never read from once they are open
//   -j          a socket that closes is opened anew after 0 to so many milliseconds, at the port of the last `back`
//
// Prints what became of connecting; then each line of the standard input is a command, answered by one line of JSON:
//
//   frames K WAIT            says "armed" at once; waits until each open socket got K frames, or WAIT ms
//   post K WAIT PORT LENGTH  the same, and sends the LENGTH bytes that follow, an HTTP request, to that port first
//   delays MS                for so long: how late each frame is by the stamp in it (see load.h)
//   idle MS                  answers pings for so long
//   back PORT WAIT           says "armed"; waits until all sockets were lost and are open again there, or WAIT ms
//
// Moments are nanoseconds of CLOCK_MONOTONIC, delays milliseconds.
#include "load.h"

enum state { CLOSED, CONNECTING, OPEN };

typedef struct {
    int fd;
    enum state state;
    uint8_t header[14]; // of the frame that is being read
    int header_length;
    uint64_t length, left;
    char head[4]; // its first bytes
    int head_length;
    long frames; // since the last command
    ns_t first, last;
    ns_t redial; // 0 = not
} client;

#define POSTING UINT32_MAX // in an event, in the place of a client's index

static client *clients;
static char **tokens;
static const char *path = "/", *headers[8], *greetings[8];
static int count = 1000, port, header_count, greeting_count, min_bytes = 64, engine_io, slow_percent, jitter = -1;
static int poller, open_now, refused, lost, wanted_frames;
static long complete, all_frames;
static histogram *delays;
static int pending_redials;

static char *filled(const char *text, int i) {
    char number[16];
    snprintf(number, sizeof number, "%d", i);
    char *numbered = replaced(text, "{i}", number);
    char *whole = replaced(numbered, "{t}", tokens ? tokens[i] : "");
    free(numbered);
    return whole;
}

static void send_frame(client *c, int opcode, const char *data, size_t length) {
    uint8_t frame[8200];
    int at = 0;
    frame[at++] = 0x80 | opcode;
    if (length < 126) {
        frame[at++] = 0x80 | length;
    } else {
        frame[at++] = 0x80 | 126;
        frame[at++] = length >> 8;
        frame[at++] = length;
    }
    memset(frame + at, 0, 4); // a mask of zeros leaves the payload as it is
    at += 4;
    memcpy(frame + at, data, length);
    if (write(c->fd, frame, at + length) < 0) return; // a lost connection shows when it is read
}

static void drop(client *c) {
    if (c->fd < 0) return;
    if (c->state == OPEN) {
        open_now--;
        lost++;
    } else {
        refused++;
    }
    close(c->fd);
    c->fd = -1;
    c->state = CLOSED;
    if (jitter >= 0) {
        c->redial = now() + (ns_t)(drand48() * jitter * 1e6) + 1;
        pending_redials++;
    }
}

static void opened(client *c) {
    int i = c - clients;
    c->state = OPEN;
    open_now++;
    for (int g = 0; g < greeting_count; g++) {
        char *text = filled(greetings[g], i);
        send_frame(c, 1, text, strlen(text));
        free(text);
    }
    if (i % 100 < slow_percent) epoll_ctl(poller, EPOLL_CTL_DEL, c->fd, 0);
}

static void note_delay(const uint8_t *part, int length) {
    const uint8_t *at = memchr(part, '@', length);
    if (!at || part + length - at < (int)sizeof STAMP - 1) return;
    char digits[20] = {0};
    memcpy(digits, at + 1, 19);
    ns_t due = strtoull(digits, 0, 10), arrived = now();
    if (due && due <= arrived) add_delay(delays, arrived - due);
}

static void frame_ended(client *c) {
    int opcode = c->header[0] & 15;
    if (opcode == 9) {
        send_frame(c, 10, "", 0);
    } else if (opcode == 8) {
        drop(c);
    } else if (engine_io && c->length == 1 && c->head[0] == '2') {
        send_frame(c, 1, "3", 1);
    } else if ((opcode == 1 || opcode == 2) && c->length >= (uint64_t)min_bytes) {
        c->last = now();
        if (!c->frames++) c->first = c->last;
        all_frames++;
        if (c->frames == wanted_frames) complete++;
    }
    c->header_length = c->head_length = 0;
}

static void read_frames(client *c, const uint8_t *in, int length) {
    while (length > 0 && c->fd >= 0) {
        if (c->left) {
            int part = c->left < (uint64_t)length ? (int)c->left : length;
            if (c->head_length < 4) {
                c->head_length = part < 4 ? part : 4;
                memcpy(c->head, in, c->head_length);
            }
            if (delays && c->length >= (uint64_t)min_bytes) note_delay(in, part);
            in += part;
            length -= part;
            c->left -= part;
            if (!c->left) frame_ended(c);
            continue;
        }
        c->header[c->header_length++] = *in++;
        length--;
        if (c->header_length < 2) continue;
        int size = c->header[1] & 127, more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (c->header_length < 2 + more) continue;
        c->length = more ? 0 : size;
        for (int i = 2; i < 2 + more; i++) c->length = c->length << 8 | c->header[i];
        c->left = c->length;
        if (!c->left) frame_ended(c);
    }
}

static void read_client(client *c) {
    static uint8_t in[65536];
    while (c->fd >= 0) {
        int length = read(c->fd, in, sizeof in), from = 0;
        if (length < 0 && errno == EAGAIN) return;
        if (length <= 0) {
            drop(c);
            return;
        }
        if (c->state == CONNECTING) {
            uint8_t *end = memmem(in, length, "\r\n\r\n", 4);
            if (!end || memcmp(in, "HTTP/1.1 101", 12)) {
                static int told;
                if (jitter < 0 && !told++) fprintf(stderr, "refused: %.*s\n", length < 300 ? length : 300, in);
                drop(c);
                return;
            }
            from = end + 4 - in;
            opened(c);
        }
        read_frames(c, in + from, length - from);
        if (length < (int)sizeof in) return;
    }
}

static void connect_client(client *c) {
    int i = c - clients;
    char request[16384], *target = filled(path, i);
    c->header_length = c->head_length = 0;
    c->left = 0;
    c->state = CONNECTING;
    c->fd = dial(port, i + 1);
    if (c->fd < 0) {
        refused++;
        if (jitter >= 0) {
            c->redial = now() + 1 + (ns_t)(drand48() * jitter * 1e6);
            pending_redials++;
        }
        free(target);
        return;
    }
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", target, port);
    for (int h = 0; h < header_count; h++) {
        char *header = filled(headers[h], i);
        length += snprintf(request + length, sizeof request - length, "%s\r\n", header);
        free(header);
    }
    length += snprintf(request + length, sizeof request - length, "\r\n");
    if (write(c->fd, request, length) != length) perror("write");
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event);
    free(target);
}

static void redial_due(void) {
    if (!pending_redials) return;
    ns_t at = now();
    for (int i = 0; i < count; i++) {
        if (clients[i].redial && clients[i].redial <= at) {
            clients[i].redial = 0;
            pending_redials--;
            connect_client(clients + i);
        }
    }
}

static void pump(int millis) {
    struct epoll_event events[512];
    int ready = epoll_wait(poller, events, 512, millis);
    for (int i = 0; i < ready; i++)
        if (events[i].data.u32 != POSTING) read_client(clients + events[i].data.u32);
}

static void connect_all(int at_once) {
    ns_t begin = now(), deadline = begin + 120 * 1000000000ull;
    for (int i = 0; i < count; i++) {
        connect_client(clients + i);
        while (i + 1 - open_now - refused > at_once && now() < deadline) pump(10);
        pump(0);
    }
    while (open_now + refused < count && now() < deadline) pump(10);
    printf("{\"connected\":%d,\"refused\":%d,\"seconds\":%.3f}\n", open_now, refused, (now() - begin) / 1e9);
    fflush(stdout);
}

static int by_time(const void *a, const void *b) {
    ns_t x = *(const ns_t *)a, y = *(const ns_t *)b;
    return x < y ? -1 : x > y;
}

static void expect(int frames) {
    wanted_frames = frames;
    complete = 0;
    for (int i = 0; i < count; i++) clients[i].frames = 0;
}

static void report_frames(int frames, const char *more) {
    ns_t *firsts = malloc(count * sizeof *firsts), *lasts = malloc(count * sizeof *lasts);
    int got = 0, whole = 0, reading = 0;
    for (int i = 0; i < count; i++) {
        client *c = clients + i;
        reading += i % 100 >= slow_percent; // one that was closed lacks its frames too
        if (c->frames) firsts[got++] = c->first;
        if (c->frames >= frames) lasts[whole++] = c->last;
    }
    qsort(firsts, got, sizeof *firsts, by_time);
    qsort(lasts, whole, sizeof *lasts, by_time);
    printf("{\"received\":%d,\"missing\":%d%s", whole, reading - whole, more);
    if (whole)
        printf(",\"first\":%llu,\"p50\":%llu,\"p99\":%llu,\"last\":%llu", (unsigned long long)firsts[0],
               (unsigned long long)lasts[whole / 2], (unsigned long long)lasts[whole * 99 / 100],
               (unsigned long long)lasts[whole - 1]);
    printf(",\"cpu\":%.3f}\n", cpu_seconds());
    fflush(stdout);
    free(firsts);
    free(lasts);
}

static int reading_now(void) {
    return open_now - (slow_percent ? count * slow_percent / 100 : 0);
}

static void await_frames(int frames, int wait) {
    ns_t deadline = now() + wait * 1000000ull;
    while (complete < reading_now() && now() < deadline) pump(1);
    report_frames(frames, "");
}

static int posting = -1, posting_to; // a connection that is kept

static void post(int frames, int wait, int to, int length) {
    char *request = malloc(length), answer[65536], more[128] = "";
    if (fread(request, 1, length, stdin) != (size_t)length) exit(2);
    if (posting < 0 || posting_to != to) {
        posting = dial(to, 0);
        posting_to = to;
        struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = POSTING};
        epoll_ctl(poller, EPOLL_CTL_ADD, posting, &event);
    }
    while (read(posting, answer, sizeof answer) > 0) continue; // what is left of a long answer to the request before
    expect(frames);
    ns_t begin = now(), deadline = begin + wait * 1000000ull;
    int status = 0, closes = 0;
    if (write(posting, request, length) != length) status = -1;
    while ((complete < reading_now() || !status) && now() < deadline) {
        pump(1); // asleep: a core that the client spins on is one that the system lacks
        int got = status ? 0 : (int)read(posting, answer, sizeof answer - 1);
        if (got > 0) {
            answer[got] = 0;
            closes = says_close(answer);
            sscanf(answer, "HTTP/1.%*d %d", &status);
            snprintf(more, sizeof more, ",\"sent\":%llu,\"answered\":%llu,\"status\":%d", (unsigned long long)begin,
                     (unsigned long long)now(), status);
        } else if (got == 0 && !status) {
            status = -1;
        }
    }
    if (status < 0 || closes) {
        close(posting);
        posting = -1;
    }
    report_frames(frames, more);
    free(request);
}

static void measure_delays(int millis) {
    delays = calloc(1, sizeof *delays);
    long before = all_frames;
    for (ns_t end = now() + millis * 1000000ull; now() < end;) pump(10);
    printf("{\"frames\":%ld,\"open\":%d,", all_frames - before, open_now);
    print_delays(delays);
    printf(",\"cpu\":%.3f}\n", cpu_seconds());
    fflush(stdout);
    free(delays);
    delays = 0;
}

static void back(int to, int wait) {
    port = to;
    lost = refused = 0;
    ns_t begin = now(), gone = 0, most = 0, deadline = begin + wait * 1000000ull;
    while (now() < deadline) {
        pump(1);
        redial_due();
        if (!gone && lost) gone = now();
        if (!most && lost >= count && open_now >= count * 95 / 100) most = now();
        if (lost >= count && open_now == count) break;
    }
    printf("{\"lost\":%d,\"open\":%d,\"tries\":%d,\"gone\":%llu,\"most\":%llu,\"all\":%llu,\"cpu\":%.3f}\n", lost, open_now,
           refused, (unsigned long long)gone, (unsigned long long)most, (unsigned long long)now(), cpu_seconds());
    fflush(stdout);
}

static void obey(const char *line) {
    int a = 0, b = 0, c = 0, d = 0;
    if (sscanf(line, "frames %d %d", &a, &b) == 2) {
        expect(a);
        printf("armed\n");
        fflush(stdout);
        await_frames(a, b);
    } else if (sscanf(line, "post %d %d %d %d", &a, &b, &c, &d) == 4) {
        post(a, b, c, d);
    } else if (sscanf(line, "delays %d", &a) == 1) {
        measure_delays(a);
    } else if (sscanf(line, "idle %d", &a) == 1) {
        for (ns_t end = now() + a * 1000000ull; now() < end;) pump(a < 50 ? a : 50);
        printf("{\"open\":%d,\"cpu\":%.3f}\n", open_now, cpu_seconds());
        fflush(stdout);
    } else if (sscanf(line, "back %d %d", &a, &b) == 2) {
        printf("armed\n");
        fflush(stdout);
        back(a, b);
    } else {
        fprintf(stderr, "not a command: %s", line);
        exit(2);
    }
}

static void read_tokens(const char *name) {
    FILE *file = fopen(name, "r");
    if (!file) {
        perror(name);
        exit(2);
    }
    tokens = calloc(count, sizeof *tokens);
    char *line = 0;
    size_t size = 0;
    for (int i = 0; i < count && getline(&line, &size, file) > 0; i++) {
        line[strcspn(line, "\n")] = 0;
        tokens[i] = strdup(line);
    }
    free(line);
    fclose(file);
}

int main(int argc, char **argv) {
    int option, at_once = 200;
    const char *token_file = 0;
    while ((option = getopt(argc, argv, "p:n:P:H:T:F:m:es:j:c:")) > 0) switch (option) {
        case 'p': port = atoi(optarg); break;
        case 'n': count = atoi(optarg); break;
        case 'P': path = optarg; break;
        case 'H': headers[header_count++] = optarg; break;
        case 'T': token_file = optarg; break;
        case 'F': greetings[greeting_count++] = optarg; break;
        case 'm': min_bytes = atoi(optarg); break;
        case 'e': engine_io = 1; break;
        case 's': slow_percent = atoi(optarg); break;
        case 'j': jitter = atoi(optarg); break;
        case 'c': at_once = atoi(optarg); break;
        default: return 2;
    }
    allow_all_files();
    if (token_file) read_tokens(token_file);
    clients = calloc(count, sizeof *clients);
    for (int i = 0; i < count; i++) clients[i].fd = -1;
    poller = epoll_create1(0);
    int jitter_later = jitter; // what is refused at first is reported, not tried again
    jitter = -1;
    connect_all(at_once);
    jitter = jitter_later;
    char line[256];
    while (1) {
        // Pings are answered between two commands too.
        fd_set input;
        struct timeval moment = {0, 0};
        FD_ZERO(&input);
        FD_SET(0, &input);
        if (select(1, &input, 0, 0, &moment) == 0) {
            pump(2);
            continue;
        }
        if (!fgets(line, sizeof line, stdin)) return 0;
        obey(line);
    }
}
