// A mail server for tests: it takes what it is given and keeps it, on the loopback address.
import { createServer } from "node:net";

/** What quoted-printable hides. */
const plain = (text) => Buffer.from(
  text.replaceAll(/=\r?\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, byte) => String.fromCharCode(Number.parseInt(byte, 16))), "latin1",
).toString("utf8");

/** Starts it: its port, the letters that came, each with whom it is to, and a way to stop it. */
export async function post() {
  const letters = [];
  const server = createServer((socket) => {
    let [rest, to, lines] = ["", [], null];
    const say = (text) => socket.write(`${text}\r\n`);
    const hear = (line) => {
      if (lines) {
        if (line !== ".") return lines.push(line.replace(/^\.\./, "."));
        letters.push({ to, text: plain(lines.join("\r\n")) });
        [to, lines] = [[], null];
        return say("250 kept");
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === "EHLO" || word === "HELO") return say("250 here");
      if (word === "RCPT") to.push(line.match(/<(.*)>/)?.[1]);
      if (word === "DATA") {
        lines = [];
        return say("354 go on");
      }
      if (word === "QUIT") return socket.end("221 bye\r\n");
      return say("250 ok");
    };
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const parts = (rest + data).split("\r\n");
      rest = parts.pop();
      parts.forEach(hear);
    });
    say("220 test");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: server.address().port, letters, stop: () => server.close() };
}
