// The floor of a fan-out: one thread, pinned to core 0, one send() for each of N loopback sockets a round; a reader on
// core 1. What is measured is the kernel's way of the bytes, which no server can leave out.
//
//   rawfanout sockets rounds bytes
//
// Prints one line of JSON: microseconds of CPU a send, milliseconds until the last was received, of each round.
#include "load.h"
#include <sched.h>
#include <sys/wait.h>

static void pin(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    sched_setaffinity(0, sizeof set, &set); // on a machine of one core it stays where it is
}

static void read_all(int port, int sockets, int rounds, int bytes, int report) {
    static char in[65536];
    struct epoll_event events[1024];
    int poller = epoll_create1(0);
    pin(1);
    for (int i = 0; i < sockets; i++) {
        int fd = dial(port, i + 1);
        if (fd < 0) exit(1);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    }
    for (int round = 0; round < rounds; round++) {
        long long wanted = (long long)sockets * bytes;
        ns_t deadline = now() + 20 * 1000000000ull;
        while (wanted > 0 && now() < deadline) {
            int ready = epoll_wait(poller, events, 1024, 200);
            for (int i = 0; i < ready; i++) {
                int got = read(events[i].data.fd, in, sizeof in);
                if (got > 0) wanted -= got;
            }
        }
        ns_t at = now();
        if (write(report, &at, sizeof at) != sizeof at) exit(1);
    }
    exit(0);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int sockets = atoi(argv[1]), rounds = atoi(argv[2]), bytes = atoi(argv[3]), on = 1, ends[2];
    allow_all_files();
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof at;
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listening, (void *)&at, sizeof at) || listen(listening, 4096) || pipe(ends)) return 1;
    getsockname(listening, (void *)&at, &length);
    pid_t reader = fork();
    if (!reader) {
        close(listening);
        read_all(ntohs(at.sin_port), sockets, rounds, bytes, ends[1]);
    }
    pin(0);
    int *fds = malloc(sockets * sizeof *fds);
    for (int i = 0; i < sockets; i++) {
        fds[i] = accept(listening, 0, 0);
        setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    usleep(300000); // the reader takes up its sockets
    char *payload = malloc(bytes);
    memset(payload, 'x', bytes);
    char micros[8192] = "", millis[8192] = "";
    for (int round = 0; round < rounds; round++) {
        double cpu = cpu_seconds();
        ns_t begin = now(), last;
        for (int i = 0; i < sockets; i++) {
            if (send(fds[i], payload, bytes, MSG_NOSIGNAL) != bytes) return 1;
        }
        cpu = cpu_seconds() - cpu;
        if (read(ends[0], &last, sizeof last) != sizeof last) return 1;
        const char *comma = round ? "," : "";
        sprintf(micros + strlen(micros), "%s%.3f", comma, cpu * 1e6 / sockets);
        sprintf(millis + strlen(millis), "%s%.3f", comma, (last - begin) / 1e6);
    }
    printf("{\"micros\":[%s],\"millis\":[%s]}\n", micros, millis);
    waitpid(reader, 0, 0);
    return 0;
}
