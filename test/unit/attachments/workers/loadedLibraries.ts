import { ImageReader } from '../../../../src/attachments/images/image.ts';
import { assets, fixture, never } from '../fixtures.ts';

// Run as a process of its own, because the tests load whatever sharp npm installed.
const images = new ImageReader(assets);
const { thumbnail } = await images.open('flag.avif', await fixture('flag.avif'), never);
const report = process.report.getReport();
const libraries: unknown = 'sharedObjects' in report ? report.sharedObjects : [];
console.log(JSON.stringify({ mediaType: thumbnail.mediaType, libraries }));
images.end();
