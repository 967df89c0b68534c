/* Connections and frames (RFC 6455), for all clients, on one epoll. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

static int poller;
static char scratch[1 << 18];

int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void append(struct buffer *buffer, const char *data, size_t size)
{
    if (buffer->size + size > buffer->room) {
        buffer->room = 2 * (buffer->size + size);
        buffer->data = realloc(buffer->data, buffer->room);
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

static void consume(struct buffer *buffer, size_t size)
{
    buffer->size -= size;
    memmove(buffer->data, buffer->data + size, buffer->size);
    if (buffer->size == 0) { /* thousands of idle clients need no buffers */
        free(buffer->data);
        *buffer = (struct buffer){0};
    }
}

static void watch(struct client *client, int how, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(poller, how, client->fd, &event);
}

void sockets_begin(void)
{
    poller = epoll_create1(0);
}

void dial(struct client *client)
{
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(client->port)};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client->state = CONNECTING;
    connect(client->fd, (struct sockaddr *)&server, sizeof server);
    watch(client, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

void close_client(struct client *client)
{
    if (client->state == CLOSED)
        return;
    counts.closed++;
    counts.refused += client->state < OPEN;
    client->state = CLOSED;
    close(client->fd);
}

static void write_out(struct client *client, const char *data, size_t size)
{
    ssize_t written = client->out.size ? 0 : send(client->fd, data, size, MSG_NOSIGNAL);
    if (written == (ssize_t)size)
        return;
    if (written < 0 && errno != EAGAIN) {
        close_client(client);
        return;
    }
    written = written < 0 ? 0 : written;
    append(&client->out, data + written, size - written);
    watch(client, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
}

static void flush(struct client *client)
{
    ssize_t written = send(client->fd, client->out.data, client->out.size, MSG_NOSIGNAL);
    if (written > 0)
        consume(&client->out, written);
    if (client->out.size == 0)
        watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

static void shake_hands(struct client *client)
{
    int problem = 0;
    socklen_t size = sizeof problem;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &problem, &size);
    if (problem) {
        close_client(client);
        return;
    }
    client->state = SHAKING;
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
    int length = snprintf(scratch, sizeof scratch,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\nCookie: %s\r\n\r\n",
                          client->path, client->port, client->port, client->cookie);
    write_out(client, scratch, length);
}

void frame_out(struct client *client, int opcode, const char *payload, size_t size)
{
    static uint32_t chance = 0x9e3779b9;
    chance ^= chance << 13, chance ^= chance >> 17, chance ^= chance << 5;
    size_t head = 2;
    scratch[0] = 0x80 | opcode;
    scratch[1] = 0x80 | (size < 126 ? size : 126);
    if (size >= 126) {
        scratch[2] = size >> 8, scratch[3] = size;
        head = 4;
    }
    memcpy(scratch + head, &chance, 4);
    head += 4;
    uint64_t mask = chance | (uint64_t)chance << 32, word;
    for (size_t at = 0; at < size; at += 8) { /* what is written past the end is not sent */
        memcpy(&word, payload + at, 8);
        word ^= mask;
        memcpy(scratch + head + at, &word, 8);
    }
    write_out(client, scratch, head + size);
}

/* The size of the first whole frame in `data`, or 0; its payload in `from` and `size`. */
static size_t whole_frame(const char *data, size_t held, const char **from, size_t *size)
{
    const unsigned char *head = (const unsigned char *)data;
    size_t head_size = 2;
    if (held < 10 && (held < 2 || ((head[1] & 127) >= 126)))
        return 0;
    *size = head[1] & 127;
    if (*size == 126) {
        *size = head[2] << 8 | head[3];
        head_size = 4;
    } else if (*size == 127) {
        *size = (size_t)head[6] << 24 | head[7] << 16 | head[8] << 8 | head[9];
        head_size = 10;
    }
    *from = data + head_size;
    return held < head_size + *size ? 0 : head_size + *size;
}

static void take_frame(struct client *client, int opcode, const char *payload, size_t size)
{
    if (opcode == TEXT)
        hear(client, payload, size);
    else if (opcode == PING)
        frame_out(client, PONG, payload, size);
    else if (opcode == CLOSE)
        close_client(client);
}

/* Take what is whole and give back how much that was. */
static size_t take_in(struct client *client, const char *data, size_t held)
{
    size_t taken = 0;
    if (client->state == SHAKING) {
        const char *end = memmem(data, held, "\r\n\r\n", 4);
        if (!end)
            return 0;
        if (strncmp(data, "HTTP/1.1 101", 12) != 0) {
            close_client(client);
            return held;
        }
        client->state = OPEN;
        taken = end + 4 - data;
        if (!speaks_socketio)
            say_hello(client);
    }
    const char *payload;
    size_t size, frame;
    while (client->state >= OPEN && (frame = whole_frame(data + taken, held - taken, &payload, &size))) {
        take_frame(client, data[taken] & 15, payload, size);
        taken += frame;
    }
    return client->state == CLOSED ? held : taken;
}

static void read_in(struct client *client)
{
    static char arrived[1 << 18];
    ssize_t size = recv(client->fd, arrived, sizeof arrived, 0);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN)
            close_client(client);
        return;
    }
    if (client->in.size == 0) { /* the usual case: nothing has to be kept */
        size_t taken = take_in(client, arrived, size);
        if (taken < (size_t)size)
            append(&client->in, arrived + taken, size - taken);
        return;
    }
    append(&client->in, arrived, size);
    consume(&client->in, take_in(client, client->in.data, client->in.size));
}

void handle_events(int64_t until)
{
    struct epoll_event events[512];
    int64_t wait = until - now_ns();
    struct timespec timeout = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
    if (wait < 0)
        timeout = (struct timespec){0};
    int count = epoll_pwait2(poller, events, 512, &timeout, NULL);
    for (int i = 0; i < count; i++) {
        struct client *client = events[i].data.ptr;
        if (client->state == CONNECTING)
            shake_hands(client);
        else if (client->state != CLOSED && events[i].events & EPOLLOUT)
            flush(client);
        if (client->state > CONNECTING && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            read_in(client);
    }
}
