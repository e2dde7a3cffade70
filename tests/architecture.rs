//! The structure of the library: who imports whom, and what it must not hold.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms by layer; a room imports from layers below its own, and from itself.
const LAYERS: [&[&str]; 8] = [
    &["rows", "digits", "json", "pairs", "scripts", "signs", "spaces"],
    &["hash"],
    &["error", "document"],
    &["decode", "patterns", "model", "templates"],
    &["options"],
    &["input", "segment", "features"],
    &["classify", "metadata", "render"],
    &["lib"],
];

/// Rooms that lie below and must stay unknown all the same.
const WALLS: [(&str, &[&str]); 4] = [
    ("segment", &["patterns", "model"]),
    ("render", &["features", "model", "patterns", "classify", "input", "segment"]),
    ("metadata", &["features", "model", "input"]),
    ("features", &["model", "decode"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The library's files, each with its room and its text without comments and tests: tests may look where they like.
fn library() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let parts = |path: &Path| -> Vec<String> {
        let relative = path.strip_prefix(&root).expect("a file of src");
        let names = relative.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        names.map(|name| name.trim_end_matches(".rs").to_owned()).collect()
    };
    let code = |path: &Path| {
        let text = fs::read_to_string(path).expect("a source file");
        let serving = text.split("#[cfg(test)]\nmod tests {").next().expect("a first part");
        let lines = serving.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    let is_library = |parts: &[String]| {
        let outside = matches!(parts[0].as_str(), "main" | "cli");
        !outside && !parts.iter().any(|part| part == "tests")
    };
    let files = sources(&root).into_iter().filter(|path| is_library(&parts(path)));
    files.map(|path| (path.clone(), parts(&path).swap_remove(0), code(&path))).collect()
}

fn layer(room: &str) -> usize {
    let layer = LAYERS.iter().position(|rooms| rooms.contains(&room));
    layer.unwrap_or_else(|| panic!("{room} stands in no layer"))
}

/// Whether a name is that of a file or folder of the sources.
fn is_room(name: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    !name.is_empty() && (root.join(name).is_dir() || root.join(format!("{name}.rs")).is_file())
}

/// The rooms that a file names after `crate::`.
fn imports(code: &str) -> Vec<&str> {
    let rooms = code.split("crate::").skip(1);
    rooms
        .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default())
        // A macro or a type of the crate's root is no room.
        .filter(|name| is_room(name))
        .collect()
}

#[test]
fn imports_go_downward_only_and_keep_to_the_walls() {
    let mut faults = Vec::new();
    for (path, room, code) in library() {
        for import in imports(&code) {
            let walled = WALLS.iter().any(|(wall, names)| *wall == room && names.contains(&import));
            let upward = import != room && layer(import) >= layer(&room);
            if walled || upward {
                faults.push(format!("{}: {room} imports {import}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_library_prints_nothing_and_has_no_mutable_globals() {
    let prints = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];
    let mutable = ["Mutex", "RwLock", "Atomic", "Cell", "OnceLock", "thread_local!", "static mut"];
    let mut faults = Vec::new();
    for (path, _, code) in library() {
        let global = |line: &str| {
            let public = line.strip_prefix("pub").map(|rest| rest.trim_start_matches(|c| c != ' ').trim_start());
            public.unwrap_or(line).starts_with("static ") || line.contains("thread_local!")
        };
        for line in code.lines() {
            let printing = prints.iter().any(|name| line.contains(name));
            let changing = global(line) && mutable.iter().any(|name| line.contains(name));
            if printing || changing {
                faults.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_option_is_read() {
    let library = library();
    let (_, _, options) = library.iter().find(|(_, room, _)| room == "options").expect("options.rs");
    let getters: Vec<&str> =
        options.split(" fn get_").skip(1).map(|rest| rest.split('(').next().expect("a name")).collect();
    assert!(getters.len() >= 4, "{getters:?}");
    for getter in getters {
        let call = format!(".get_{getter}()");
        let read = library.iter().any(|(_, room, code)| room != "options" && code.contains(&call));
        assert!(read, "{getter} is read nowhere");
    }
}

#[test]
fn the_command_uses_only_the_public_library() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli");
    for path in sources(&root) {
        let code = fs::read_to_string(&path).expect("a source file");
        let inside: Vec<&str> = imports(&code);
        assert!(inside.is_empty(), "{}: {inside:?}", path.display());
    }
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).expect("main.rs");
    assert!(main.lines().count() <= 60, "main.rs is thin");
}
