import type { MetadataRoute } from "next";

export const dynamic = "force-static";

/** What a phone needs to put the app on its home screen, where an iPhone lets it show alerts. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Dukani",
    short_name: "Dukani",
    description: "Your boutique, from your phone.",
    start_url: "/",
    display: "standalone",
    background_color: "#f6f1e8",
    theme_color: "#f6f1e8",
    icons: [192, 512].map((size) => ({
      src: `/app-icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png", purpose: "maskable",
    })),
  };
}
