//! The page in a real browser: what it shows, what it leaves as text, how it looks. Where there is no browser, nothing
//! is tested, unless `DECLINED_NEEDS_BROWSER` is set.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::exports::{CASE, HOSTILE, LAMP, hostile_guide};
use crate::harness::Run;

const LIGHT: &str = "--blink-settings=preferredColorScheme=1";
const DARK: &str = "--blink-settings=preferredColorScheme=0";

/// The first browser that starts. One that is only there to tell how to install it does not.
#[expect(clippy::print_stdout, reason = "that nothing was tested shall be seen")]
fn browser() -> Option<&'static str> {
    let starts = |name: &&str| {
        let version = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    };
    let found = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(starts);
    if found.is_none() {
        assert!(std::env::var_os("DECLINED_NEEDS_BROWSER").is_none(), "there is no browser, and one is needed");
        println!("skipped: there is no browser");
    }
    found
}

/// Opens a page and gives what the browser prints.
fn open(browser: &str, page: &Path, args: &[&str]) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(args)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The list as a page in a file.
fn page(folder: &Path, name: &str, args: &[&str]) -> std::path::PathBuf {
    let path = folder.join(name);
    let ran = Run::new(&[args, &["--format", "html", "--output", &path.display().to_string()]].concat()).run();
    assert_eq!(ran.succeeds(), "");
    path
}

/// Looks at the page from outside, in a frame: it runs no script itself, and a frame can be as narrow as a telephone.
const LOOK: &str = r#"<!doctype html>
<meta charset="utf-8">
<iframe src="PAGE" width="320" height="800"></iframe>
<pre id="seen"></pre>
<script>
addEventListener('load', () => {
  const page = document.querySelector('iframe').contentDocument;
  const all = [...page.querySelectorAll('*')];
  const style = element => page.defaultView.getComputedStyle(element);
  const rgb = colour => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, ix) => sum + c * [0.2126, 0.7152, 0.0722][ix], 0);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = rgb(style(element).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = element => {
    const [less, more] = [light(rgb(style(element).color)), light(behind(element))].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };
  const worded = all.filter(element => page.body.contains(element)
    && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const boxes = [...page.querySelectorAll('input[type=checkbox]')];
  document.querySelector('#seen').textContent = JSON.stringify({
    boxes: boxes.length,
    labelled: boxes.filter(box => box.labels.length === 1 && box.labels[0].innerText.trim()).length,
    names: [...new Set(all.map(element => element.localName))].sort(),
    handlers: all.filter(element => [...element.attributes].some(({name}) => name.startsWith('on'))).length,
    links: [...page.links].map(link => link.getAttribute('href')),
    title: page.title,
    lang: page.documentElement.lang,
    dark: page.defaultView.matchMedia('(prefers-color-scheme: dark)').matches,
    wide: page.documentElement.scrollWidth,
    contrast: Math.min(...worded.map(contrast)),
    text: page.body.innerText,
  });
});
</script>
"#;

/// What the browser made of a page in a frame 320 pixels wide.
fn look(browser: &str, page: &Path, scheme: &str) -> serde_json::Value {
    let outside = page.with_extension("look.html");
    fs::write(&outside, LOOK.replace("PAGE", page.file_name().unwrap().to_str().unwrap())).unwrap();
    let dom = open(browser, &outside, &["--allow-file-access-from-files", scheme, "--dump-dom"]);
    let seen = dom.split_once("<pre id=\"seen\">").unwrap().1.split_once("</pre>").unwrap().0;
    serde_json::from_str(&html_escape::decode_html_entities(seen)).unwrap_or_else(|error| panic!("{error}: {dom}"))
}

#[test]
fn every_box_has_its_words_and_every_colour_can_be_read() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    for lang in ["en", "zh"] {
        let args = [&["solve"], CASE, &["--lang", lang]].concat();
        let page = page(folder.path(), &format!("{lang}.html"), &args);
        let json = Run::new(&[&args[..], &["--format", "json"]].concat()).run();
        let json: serde_json::Value = serde_json::from_str(json.succeeds()).unwrap();
        let fixes = json["fixes"].as_array().unwrap();
        let steps: usize = fixes.iter().map(|fix| fix["steps"].as_array().unwrap().len()).sum();
        let boxes = fixes.len() + steps + json["reminders"].as_array().unwrap().len();
        for scheme in [LIGHT, DARK] {
            let seen = look(browser, &page, scheme);
            assert_eq!(seen["boxes"], boxes, "{lang}");
            assert_eq!(seen["labelled"], boxes, "{lang}");
            assert_eq!(seen["lang"], lang);
            assert_eq!(seen["dark"], scheme == DARK);
            assert_eq!(seen["wide"], 320, "{lang}: nobody scrolls sideways");
            assert!(seen["contrast"].as_f64().unwrap() >= 4.5, "{lang} {scheme}: {}", seen["contrast"]);
            assert!(seen["text"].as_str().unwrap().contains(fixes[0]["title"].as_str().unwrap()));
        }
        let dom = open(browser, &page, &["--dump-dom"]);
        assert_eq!(dom.matches("<input type=\"checkbox\"").count(), boxes, "the page as it is opened");
    }
}

#[test]
fn hostile_text_is_shown_and_makes_nothing() {
    let Some(browser) = browser() else { return };
    let (folder, guide) = (tempfile::tempdir().unwrap(), hostile_guide());
    let guide = guide.path().display().to_string();
    let page = page(folder.path(), "hostile.html", &[&["--guide", &guide, "solve"], LAMP].concat());
    let seen = look(browser, &page, LIGHT);
    assert!(seen["text"].as_str().unwrap().matches(HOSTILE).count() > 12, "{}", seen["text"]);
    assert!(seen["title"].as_str().unwrap().ends_with(HOSTILE), "{}", seen["title"]);
    let names: Vec<&str> = seen["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for never in ["script", "img", "iframe", "code", "s", "svg", "form"] {
        assert!(!names.contains(&never), "{names:?}");
    }
    assert_eq!(seen["handlers"], 0);
    assert_eq!(seen["wide"], 320);
    for link in seen["links"].as_array().unwrap() {
        let link = link.as_str().unwrap();
        assert!(link.starts_with("https://lamp.example/") || link.starts_with("#source-"), "{link}");
    }
}

/// The mean brightness of a picture from 0 to 1, and how much of it is not its commonest colour.
fn measured(path: &Path, width: u32, height: u32) -> (f64, f64) {
    let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).unwrap())).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (width, height));
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    let pixels: Vec<&[u8]> = bytes[..frame.buffer_size()].chunks_exact(frame.color_type.samples()).collect();
    let mut counts = std::collections::HashMap::new();
    for pixel in &pixels {
        *counts.entry(*pixel).or_insert(0_u32) += 1;
    }
    let all = f64::from(width * height);
    let sum: f64 = pixels.iter().map(|pixel| pixel[..3].iter().map(|&c| f64::from(c)).sum::<f64>() / 765.0).sum();
    (sum / all, 1.0 - f64::from(*counts.values().max().unwrap()) / all)
}

#[test]
fn the_page_can_be_seen_light_and_dark() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path(), "list.html", &[&["solve"], CASE].concat());
    for (width, height) in [(390, 844), (1000, 1400)] {
        for scheme in [LIGHT, DARK] {
            let shot = folder.path().join("shot.png");
            let size = format!("--window-size={width},{height}");
            open(browser, &page, &[scheme, &size, &format!("--screenshot={}", shot.display())]);
            let (bright, drawn) = measured(&shot, width, height);
            assert!(drawn > 0.02, "{width}x{height} is blank: {drawn}");
            assert_eq!(bright > 0.5, scheme == LIGHT, "{width}x{height} {scheme}: {bright}");
        }
    }
}
