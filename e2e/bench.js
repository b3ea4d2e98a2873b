// For the bench of the site: signs someone in, and says with which cookie and where a person's page is.
// `node bench.js PROGRAM FOLDER ADDRESS`
import { request } from "@playwright/test";
import { Office } from "./accounts.js";

const [program, folder, address] = process.argv.slice(2);
const { cookie } = await new Office(program, { folder, address }).colleague("orientation_officer");
const line = `${cookie.name}=${cookie.value}`;
const context = await request.newContext({ baseURL: address, extraHTTPHeaders: { cookie: line } });
const list = await (await context.get("/people")).text();
await context.dispose();
console.log(JSON.stringify({ cookie: line, person: list.match(/\/people\/[0-9a-f-]{36}/)[0] }));
