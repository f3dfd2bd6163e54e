// Required before the playground, which would listen on every address of this computer: here on its own alone.
const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (where, ...rest) {
  if (typeof where === "object" && where !== null) {
    return listen.call(this, { ...where, host: "127.0.0.1" }, ...rest);
  }
  return listen.call(this, where, "127.0.0.1", ...rest.filter((each) => typeof each !== "string"));
};
