export default function Page() { return <main>Today</main>; }
