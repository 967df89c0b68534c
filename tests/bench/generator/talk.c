/* What the clients say and hear. All servers speak of the same messages; socket.io packs them in its own way. */
#define _GNU_SOURCE
#include "load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNAL_SIZE 1200
#define PADDED (2 * SIGNAL_SIZE)

static char message[PADDED];

static void send_message(struct client *client, size_t size)
{
    frame_out(client, 1, message, size);
}

/* Put `body`, the rest of an object that begins with its type, on the wire as `type`. */
static void say(struct client *client, const char *type, const char *body)
{
    const char *form = speaks_socketio ? "42[\"%s\",{%s}]" : "{\"type\":\"%s\",%s}";
    send_message(client, snprintf(message, sizeof message, form, type, body));
}

void say_hello(struct client *client)
{
    char body[256];
    int number = client - clients;
    snprintf(body, sizeof body,
             "\"key\":\"%032x\",\"page\":\"%08x\",\"attempt\":1,\"nickname\":\"Person %d\",\"mic\":true,\"cam\":true",
             number + 1, number + 1, number);
    say(client, "hello", body);
}

void say_ping(struct client *client)
{
    static const char ping[16] = "{\"type\":\"ping\"}"; /* socket.io's server does the asking */
    if (!speaks_socketio && client->state == JOINED)
        frame_out(client, 1, ping, strlen(ping));
}

static struct client *mate_of(struct client *client, int place)
{
    int number = client - clients;
    return &clients[number - number % room_size + place];
}

void say_signal(struct client *client)
{
    static char sdp[SIGNAL_SIZE];
    char body[PADDED];
    if (client->state != JOINED)
        return;
    if (!sdp[0])
        memset(sdp, 's', sizeof sdp - 1);
    int own = (client - clients) % room_size;
    do
        client->mate = (client->mate + 1) % room_size;
    while (client->mate == own);
    uint32_t number = ++client->said[client->mate];
    int size = snprintf(body, sizeof body,
                        "\"to\":\"%s\",\"epochs\":[1,1],\"data\":{\"bench\":[%td,%" PRIu32 ",%" PRId64 "],\"sdp\":\"",
                        mate_of(client, client->mate)->id, client - clients, number, now_ns());
    snprintf(body + size, sizeof body - size, "%.*s\"}", SIGNAL_SIZE - size - 25, sdp);
    counts.said++;
    say(client, "signal", body);
}

/* Where the value of `key` begins, past any space and an opening quote; null where there is none. */
static const char *value_of(const char *key, const char *text, size_t size)
{
    const char *at = memmem(text, size, key, strlen(key));
    if (!at)
        return NULL;
    at += strlen(key);
    at += *at == ' ';
    return at + (*at == '"');
}

static void copy_id(char *to, const char *from)
{
    size_t size = strcspn(from, "\"");
    size = size < ID_MAX ? size : ID_MAX - 1;
    memcpy(to, from, size);
    to[size] = 0;
}

static void learn_of(struct client *client, const char *id_at)
{
    char id[ID_MAX];
    copy_id(id, id_at);
    for (int i = 0; i < client->knows; i++)
        if (strcmp(client->known[i], id) == 0)
            return;
    if (client->knows <= room_size)
        strcpy(client->known[client->knows++], id);
}

/* Every seat that a message names belongs to the client's roster. */
static void learn(struct client *client, const char *text, size_t size)
{
    const char *end = text + size, *at = text;
    while ((at = value_of("\"id\":", at, end - at)))
        learn_of(client, at);
}

bool is_complete(const struct client *client)
{
    return client->state == JOINED && client->knows == room_size;
}

static void hear_signal(struct client *client, const char *text, size_t size)
{
    char from[ID_MAX];
    const char *sender_at = value_of("\"from\":", text, size);
    const char *bench = value_of("\"bench\":", text, size);
    if (!sender_at || !bench) {
        counts.errors++;
        return;
    }
    char *rest;
    copy_id(from, sender_at);
    struct client *sender = &clients[strtol(bench + 1, &rest, 10)];
    uint32_t number = strtoul(rest + 1, &rest, 10);
    int64_t sent_at = strtoll(rest + 1, NULL, 10);
    counts.heard++;
    counts.forged += strcmp(from, sender->id) != 0;
    counts.disordered += number != ++client->heard[(sender - clients) % room_size];
    heard_signal(client, sent_at);
}

static void hear_socketio(struct client *client, const char *text)
{
    static const char connect[16] = "40", pong[16] = "3";
    if (text[0] == '0')
        frame_out(client, 1, connect, 2);
    else if (text[0] == '2')
        frame_out(client, 1, pong, 1);
    else if (text[0] == '4' && text[1] == '0')
        say_hello(client);
}

void hear(struct client *client, const char *text, size_t size)
{
    if (speaks_socketio && strncmp(text, "42", 2) != 0) {
        hear_socketio(client, text);
        return;
    }
    const char *type = speaks_socketio ? text + 4 : value_of("\"type\":", text, size);
    if (strncmp(type, "signal", 6) == 0)
        hear_signal(client, text, size);
    else if (strncmp(type, "welcome", 7) == 0) {
        copy_id(client->id, value_of("\"seat\":", text, size));
        client->state = JOINED;
        learn(client, text, size);
    } else if (strncmp(type, "seat.", 5) == 0)
        learn(client, text, size);
    else if (client->state == OPEN && memmem(text, size, "\"try_again\"", 11)) {
        counts.retried++; /* as the page does */
        say_hello(client);
    } else if (strncmp(type, "error", 5) == 0 || strncmp(type, "bye", 3) == 0) {
        if (counts.errors++ < 3)
            fprintf(stderr, "%.*s\n", (int)(size < 200 ? size : 200), text);
    }
}
