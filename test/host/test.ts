import { type Count, longSuites, suites } from './suites.ts';

const names = process.argv.slice(2);
const known = [...suites, ...longSuites];
const unknown = names.filter((name) => !known.some((suite) => suite.name === name));
if (unknown.length > 0) {
	console.error(`There is no suite ${unknown.join(', ')}; there are ${known.map(({ name }) => name).join(', ')}.`);
	process.exit(1);
}

let total: Count = { passed: 0, failed: 0 };
for (const suite of names.length === 0 ? suites : known.filter(({ name }) => names.includes(name))) {
	console.log(`\n${suite.name} ...`);
	const began = performance.now();
	const count = await suite.run().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		return { passed: 0, failed: 1 };
	});
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(`${suite.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
	total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
}
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
