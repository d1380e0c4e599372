import localFont from "next/font/local";

// Geist 1.9.2 (npm: geist), of which the letters of European and East African languages are kept: 30
// KB instead of 70, before anything else can be read. Other letters are the system's. Made by
// pyftsubset Geist-Variable.woff2 --flavor=woff2
//   --layout-features=kern,liga,calt,ccmp,locl,mark,mkmk,tnum,case
//   --unicodes=U+20-7E,U+A0-17F,U+192,U+2BC,U+2C6,U+2DC,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,
//     U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2260,U+2264-2265
export const geist = localFont({ src: "./geist-latin.woff2", variable: "--font-geist-sans", weight: "100 900" });
