/* A load of WebSocket clients on one thread: rooms of people who join and send signals to each other.
 *
 * Written in C because a generator in Python or Node would itself be the bottleneck: it has to cost less
 * than any of the servers that it measures, and it prints what it costs.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ROOM_MAX 8
#define ID_MAX 64

enum state { CLOSED, CONNECTING, SHAKING, OPEN, JOINED };

struct buffer {
    char *data;
    size_t size, room;
};

struct client {
    int fd, port;
    enum state state;
    char *path, *cookie;
    struct buffer in, out;
    char id[ID_MAX];                          /* as its welcome says */
    char known[ROOM_MAX + 1][ID_MAX];         /* whom the server has named to it; one more shows a ghost */
    int knows;
    int mate;                                 /* to whom it sent last, as a place in its room */
    uint32_t said[ROOM_MAX], heard[ROOM_MAX]; /* sequence numbers to and from each room-mate */
};

/* What went wrong anywhere, and how much was said: the numbers every phase reports. */
struct counts {
    uint64_t said, heard, disordered, forged, errors, closed, refused, retried;
};

/* A message from the server to one client; `sender` is null for all but signals. */
struct news {
    struct client *to, *sender;
    int64_t sent_at;
};

extern struct client *clients;
extern int client_count, room_size;
extern bool speaks_socketio;
extern struct counts counts;

/* sockets.c */
int64_t now_ns(void);
void sockets_begin(void);
void dial(struct client *client);
void frame_out(struct client *client, int opcode, const char *payload, size_t size);
void close_client(struct client *client);
/* Handle what has happened, or wait for it until `until` at most. */
void handle_events(int64_t until);

/* talk.c */
void say_hello(struct client *client);
void say_signal(struct client *client);
void say_ping(struct client *client);
bool is_complete(const struct client *client);
/* One text message of the server. */
void hear(struct client *client, const char *text, size_t size);

/* phases.c */
void heard_signal(struct client *client, int64_t sent_at);
void run_phase(char *phase);
