// Keys pressed in our controls stay there: without this JupyterLab takes arrow keys and letters for its own commands.
// The listener sits on the nearest box marked vc-keep-keys; it lets the browser do with the key what it always does.
function render({ el }) {
  el.style.display = "none";
  let box = null;
  const keep = (event) => event.stopPropagation();
  const attach = () => {
    box = el.closest(".vc-keep-keys");
    if (box) box.addEventListener("keydown", keep);
    else if (el.isConnected || !attach.tried) {
      attach.tried = true;
      requestAnimationFrame(attach);
    }
  };
  requestAnimationFrame(attach);
  return () => box && box.removeEventListener("keydown", keep);
}

export default { render };
