export default function Page() {
  return <p>Alpha</p>;
}
