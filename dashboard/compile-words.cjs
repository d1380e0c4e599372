/**
 * Compiles the messages of a JSON file when the app is built: no phone parses them, and the parser is
 * left out of what it fetches.
 */
module.exports = function compileWords(source) {
  const done = this.async();
  import("icu-minify/compile").then(({ default: compile }) => {
    const compiled = (value) => (typeof value === "string" ? compile(value)
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compiled(inner)])));
    done(null, `export default ${JSON.stringify(compiled(JSON.parse(source)))};`);
  }).catch(done);
};
