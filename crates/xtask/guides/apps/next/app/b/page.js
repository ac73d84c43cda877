export default function Page() {
  return <p>Beta</p>;
}
