/** How things stand: health, runs, best results, live models. */
export function DashboardPage() {
  return <h1>Dashboard</h1>;
}
