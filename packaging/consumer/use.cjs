// The same packages, as a CommonJS program has them.
const names = process.argv.slice(2);
console.log(JSON.stringify(names.filter((name) => Object.keys(require(name)).length > 0)));
