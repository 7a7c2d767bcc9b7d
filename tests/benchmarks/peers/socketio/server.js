"use strict";
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    io.emit("notification", JSON.parse(Buffer.concat(parts)));
    response.writeHead(202).end();
  });
});

const io = new Server(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });

// Frees the memory of the request that each socket began as: https://socket.io/docs/v4/memory-usage/
io.engine.on("connection", (socket) => {
  socket.request = null;
});

http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 4096 });
