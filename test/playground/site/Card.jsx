import harbour from '../images/harbour.jpg';

export function Card({ place }) {
	return (
		<article className="card">
			<img src="../images/harbour.jpg" />
			<img src="../images/wave-rule.png" alt="" />
			<h3>{place.name}</h3>
			<img src={place.picture} alt={place.pictureText} />
			<a href="/tickets">
				<img src="../images/formats/boat.gif" alt="image" width={48} />
			</a>
			<img src={harbour} alt="Boats at the Old Quay at dusk, beside a sign that forbids mooring." />
		</article>
	);
}
