/** 3 rows of 3. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

export function product(a: Matrix, b: Matrix): Matrix {
	const [b0, b1, b2, b3, b4, b5, b6, b7, b8] = b;
	const row = (x: number, y: number, z: number): readonly [number, number, number] => [
		x * b0 + y * b3 + z * b6,
		x * b1 + y * b4 + z * b7,
		x * b2 + y * b5 + z * b8,
	];
	return [...row(a[0], a[1], a[2]), ...row(a[3], a[4], a[5]), ...row(a[6], a[7], a[8])];
}

/** Of a matrix without one, numbers that are not finite. */
export function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
	const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
	const over = (value: number): number => value / determinant;
	return [
		over(e * i - f * h),
		over(c * h - b * i),
		over(b * f - c * e),
		over(f * g - d * i),
		over(a * i - c * g),
		over(c * d - a * f),
		over(d * h - e * g),
		over(b * g - a * h),
		over(a * e - b * d),
	];
}

export function applied(matrix: Matrix, [x, y, z]: readonly [number, number, number]): [number, number, number] {
	return [
		matrix[0] * x + matrix[1] * y + matrix[2] * z,
		matrix[3] * x + matrix[4] * y + matrix[5] * z,
		matrix[6] * x + matrix[7] * y + matrix[8] * z,
	];
}
