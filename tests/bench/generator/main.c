/* generator plain|socketio ROOM_SIZE PHASE... < clients
 *
 * Reads one client per line, `port path cookie`; each ROOM_SIZE of them share a room. Runs the phases in turn.
 */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct client *clients;
int client_count, room_size;
bool speaks_socketio;
struct counts counts;

static void read_clients(void)
{
    int port;
    char *path, *cookie;
    while (scanf("%d %ms %ms", &port, &path, &cookie) == 3) {
        clients = realloc(clients, (client_count + 1) * sizeof *clients);
        clients[client_count++] = (struct client){.port = port, .path = path, .cookie = cookie};
    }
}

int main(int count, char **arguments)
{
    if (count < 4)
        return 2;
    speaks_socketio = strcmp(arguments[1], "socketio") == 0;
    room_size = atoi(arguments[2]);
    read_clients();
    sockets_begin();
    for (int i = 3; i < count; i++)
        run_phase(arguments[i]);
    return 0;
}
