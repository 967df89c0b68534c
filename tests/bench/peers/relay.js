// The peer of the relay bench: what a meeting's signalling server on socket.io does, and nothing else.
// It has no accounts, no limits, no database and checks only that sender and target share a room.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });
const rooms = new Map();

io.on("connection", (socket) => {
  const name = socket.handshake.query.room;
  const seats = rooms.get(name) ?? rooms.set(name, new Map()).get(name);
  socket.on("hello", ({ nickname }) => {
    seats.set(socket.id, { id: socket.id, nickname });
    socket.join(name);
    socket.emit("welcome", { seat: socket.id, seats: [...seats.values()] });
    socket.to(name).emit("seat.joined", { seat: seats.get(socket.id) });
  });
  socket.on("signal", ({ to, epochs, data }) => {
    if (seats.has(to)) io.to(to).emit("signal", { from: socket.id, epochs, data });
  });
  socket.on("disconnect", () => {
    seats.delete(socket.id);
    if (seats.size === 0) rooms.delete(name);
  });
});

http.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"));
