// For pictures only: a drawn person instead of a camera, a slide instead of a shared screen.
(() => {
  const { sky, hill, coat, skin, hair } = LOOK;

  const paint = (draw) => {
    const canvas = document.createElement("canvas");
    canvas.width = 1280;
    canvas.height = 720;
    const pen = canvas.getContext("2d");
    const frame = () => draw(pen, performance.now() / 1000);
    frame();
    setInterval(frame, 100);
    return canvas.captureStream(10).getVideoTracks()[0];
  };

  const circle = (pen, x, y, r, color) => {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(x, y, r, 0, 7);
    pen.fill();
  };

  const person = (pen, time) => {
    const sway = Math.sin(time) * 8;
    const light = pen.createLinearGradient(0, 0, 0, 720);
    light.addColorStop(0, sky);
    light.addColorStop(1, hill);
    pen.fillStyle = light;
    pen.fillRect(0, 0, 1280, 720);
    circle(pen, 1010, 170, 80, "#fff4d6");
    circle(pen, 640 + sway, 760, 270, coat);
    pen.fillStyle = skin;
    pen.fillRect(590 + sway, 430, 100, 110);
    circle(pen, 640 + sway, 300, 178, hair);
    circle(pen, 640 + sway, 340, 150, skin);
    for (const side of [-55, 55]) circle(pen, 640 + side + sway, 330, 12, "#2b2622");
    pen.strokeStyle = "#2b2622";
    pen.lineWidth = 8;
    pen.beginPath();
    pen.arc(640 + sway, 375, 55, 0.4, Math.PI - 0.4);
    pen.stroke();
  };

  const slide = (pen) => {
    pen.fillStyle = "#fbfaf7";
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = "#1b6b50";
    pen.font = "bold 64px sans-serif";
    pen.fillText("Harvest plan", 90, 140);
    pen.fillStyle = "#3a3530";
    pen.font = "36px sans-serif";
    ["Tomatoes by Friday", "Squash when the rain is over", "Apples: ask the neighbours"].forEach((line, at) => {
      pen.fillText(`•  ${line}`, 110, 240 + at * 70);
    });
    [120, 260, 190, 330].forEach((height, at) => {
      pen.fillStyle = at === 3 ? "#e6a23c" : "#7fb79f";
      pen.fillRect(780 + at * 105, 600 - height, 70, height);
    });
  };

  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    for (const track of stream.getVideoTracks()) {
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(paint(person));
    }
    return stream;
  };
  devices.getDisplayMedia = async () => new MediaStream([paint(slide)]);
})();
