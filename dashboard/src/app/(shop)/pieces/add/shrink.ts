const LONGEST_PX = 1600;
const QUALITY = 0.85;

/** A photo small enough for a slow network; as it was where this browser cannot read it. */
export async function shrink(photo: File): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(photo, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return small && small.size < photo.size ? small : photo;
  } catch (error) {
    console.warn("the photo is sent as it is", error); // the API says what it cannot read
    return photo;
  }
}
