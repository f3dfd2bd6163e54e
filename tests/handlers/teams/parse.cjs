// What Microsoft's own parser says against the cards that are read from stdin: a list of complaints.
const { readFileSync } = require("fs");
const { AdaptiveCard, SerializationContext, Versions } = require(process.argv[2]);

const said = [];
for (const [at, json] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  const card = new AdaptiveCard();
  const context = new SerializationContext(Versions.v1_5);
  card.parse(json, context);
  for (let n = 0; n < context.eventCount; n++) said.push(`card ${at}: ${context.getEventAt(n).message}`);
  for (const event of card.validateProperties().validationEvents) said.push(`card ${at}: ${event.message}`);
}
process.stdout.write(JSON.stringify(said));
