/* The phases of a run. Each prints one line of JSON when it begins to measure and one with what it found. */
#include "load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define SECOND 1000000000LL
#define HEARTBEAT (8 * SECOND)
#define JOIN_SECONDS 600
#define WARM_UP_SECONDS 1
#define DRAIN_SECONDS 5

static enum { QUIET, ANSWERING, TIMING } mode;
static int64_t *latencies;
static size_t latency_count, latency_room;

void heard_signal(struct client *client, int64_t sent_at)
{
    if (mode == ANSWERING)
        say_signal(client);
    else if (mode == TIMING && latency_count < latency_room)
        latencies[latency_count++] = now_ns() - sent_at;
}

/* Every client says something every 8 seconds, spread over that time. */
static void beat(int64_t now)
{
    static int64_t next;
    static int number;
    for (next = next ? next : now; next <= now; next += HEARTBEAT / client_count)
        say_ping(&clients[number++ % client_count]);
}

static void live_until(int64_t until)
{
    for (int64_t now = now_ns(); now < until; now = now_ns()) {
        beat(now);
        handle_events(now + SECOND / 100 < until ? now + SECOND / 100 : until);
    }
}

static double cpu_seconds(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1e-6 * (used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

static void print_end(const char *phase, double seconds, double cpu, const struct counts *before)
{
    printf("{\"phase\":\"%s\",\"seconds\":%.6f,\"cpu\":%.6f", phase, seconds, cpu);
    printf(",\"said\":%" PRIu64 ",\"heard\":%" PRIu64, counts.said - before->said, counts.heard - before->heard);
    printf(",\"disordered\":%" PRIu64 ",\"forged\":%" PRIu64 ",\"errors\":%" PRIu64,
           counts.disordered - before->disordered, counts.forged - before->forged, counts.errors - before->errors);
    printf(",\"closed\":%" PRIu64 ",\"refused\":%" PRIu64 ",\"retried\":%" PRIu64, counts.closed - before->closed,
           counts.refused - before->refused, counts.retried - before->retried);
}

static void print_begin(const char *phase)
{
    printf("{\"begin\":\"%s\"}\n", phase);
    fflush(stdout);
}

static int count_if(bool (*holds)(const struct client *))
{
    int count = 0;
    for (int i = 0; i < client_count; i++)
        count += holds(&clients[i]);
    return count;
}

static bool has_joined(const struct client *client)
{
    return client->state == JOINED;
}

/* Everybody joins, so many at a time, until each knows all others of the room. */
static void join(int in_flight)
{
    struct counts before = counts;
    print_begin("join");
    int64_t began = now_ns(), until = began + JOIN_SECONDS * SECOND;
    double cpu = cpu_seconds();
    int dialled = 0, complete = 0;
    while (complete < client_count && now_ns() < until) {
        int under_way = dialled - count_if(has_joined) - (int)(counts.closed - before.closed);
        for (; dialled < client_count && under_way < in_flight; under_way++)
            dial(&clients[dialled++]);
        beat(now_ns());
        handle_events(now_ns() + SECOND / 100);
        complete = count_if(is_complete);
    }
    print_end("join", (now_ns() - began) / 1e9, cpu_seconds() - cpu, &before);
    printf(",\"complete\":%d}\n", complete);
}

static void drain(void)
{
    mode = QUIET;
    for (int64_t until = now_ns() + DRAIN_SECONDS * SECOND; counts.heard < counts.said && now_ns() < until;)
        live_until(now_ns() + SECOND / 50);
}

/* Every signal that arrives is followed by another, so that there are always `tokens` per client on their way. */
static void saturate(double seconds, int tokens)
{
    struct counts start = counts;
    mode = ANSWERING;
    for (int token = 0; token < tokens; token++)
        for (int i = 0; i < client_count; i++)
            say_signal(&clients[i]);
    live_until(now_ns() + WARM_UP_SECONDS * SECOND);
    struct counts before = counts;
    print_begin("saturate");
    int64_t began = now_ns();
    double cpu = cpu_seconds();
    live_until(began + seconds * SECOND);
    print_end("saturate", (now_ns() - began) / 1e9, cpu_seconds() - cpu, &before);
    drain();
    printf(",\"lost\":%" PRIu64 "}\n", (counts.said - start.said) - (counts.heard - start.heard));
}

static int by_size(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static double latency_ms(double part)
{
    return latency_count ? latencies[(size_t)(part * (latency_count - 1))] / 1e6 : -1;
}

/* Signals at a fixed rate, whether or not the earlier ones have arrived. */
static void pace(int rate, double seconds)
{
    struct counts before = counts;
    latency_count = 0, latency_room = rate * seconds * 2;
    latencies = realloc(latencies, latency_room * sizeof *latencies);
    mode = TIMING;
    print_begin("pace");
    int64_t began = now_ns(), next = began;
    double cpu = cpu_seconds();
    for (uint32_t chance = 1; next < began + seconds * SECOND; next += SECOND / rate) {
        for (int64_t now = now_ns(); now < next; now = now_ns())
            handle_events(next);
        beat(next);
        chance = chance * 1664525 + 1013904223;
        say_signal(&clients[(chance >> 8) % client_count]);
    }
    double took = (now_ns() - began) / 1e9;
    cpu = cpu_seconds() - cpu;
    int64_t until = now_ns() + DRAIN_SECONDS * SECOND;
    while (counts.heard < counts.said && now_ns() < until)
        handle_events(until);
    mode = QUIET;
    qsort(latencies, latency_count, sizeof *latencies, by_size);
    print_end("pace", took, cpu, &before);
    printf(",\"p50\":%.4f,\"p99\":%.4f,\"max\":%.4f,\"lost\":%" PRIu64 "}\n", latency_ms(0.5), latency_ms(0.99),
           latency_ms(1), (counts.said - before.said) - (counts.heard - before.heard));
}

/* Everybody sits there and says nothing but that they are there. */
static void hold(const char *name, double seconds)
{
    struct counts before = counts;
    print_begin(name);
    int64_t began = now_ns();
    double cpu = cpu_seconds();
    live_until(began + seconds * SECOND);
    print_end(name, (now_ns() - began) / 1e9, cpu_seconds() - cpu, &before);
    printf(",\"joined\":%d}\n", count_if(has_joined));
}

/* `join:40`, `saturate:3:1`, `pace:500:5`, `hold:600`, and `linger:5`, which is a hold by another name */
void run_phase(char *phase)
{
    char *name = strtok(phase, ":"), *first = strtok(NULL, ":"), *second = strtok(NULL, ":");
    if (strcmp(name, "join") == 0)
        join(atoi(first));
    else if (strcmp(name, "saturate") == 0)
        saturate(atof(first), atoi(second));
    else if (strcmp(name, "pace") == 0)
        pace(atoi(first), atof(second));
    else
        hold(name, atof(first));
    fflush(stdout);
}
