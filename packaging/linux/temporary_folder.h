/* Compiled into PyInstaller's bootloader, in the place of its mkdtemp(); see bootloader.py.
 *
 * The bootloader takes the first temporary folder in which a folder can be made. This takes the
 * first one that has room, too, and that may hold programs; where there is none, it says so in one
 * sentence and ends the program.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* Python, which the bootloader unpacks, needs half of this. */
#define QTDIGITS_NEEDED (48ULL << 20)

#define QTDIGITS_SENTENCE                                                                       \
    "There is no temporary folder to start in: TMPDIR, /tmp, /var/tmp and ~/.cache have no 48 " \
    "MB free, cannot be written, or may hold no programs. Free some space, or set TMPDIR to "   \
    "another folder."

static int qtdigits_is_of_use(const char *folder)
{
    struct statvfs disk;

    return folder[0] == '/' && access(folder, W_OK | X_OK) == 0 && statvfs(folder, &disk) == 0
        && !(disk.f_flag & ST_NOEXEC)
        && (unsigned long long)disk.f_bavail * disk.f_frsize >= QTDIGITS_NEEDED;
}

/* The person's cache folder, made where it is not there; "" where nobody knows. */
static const char *qtdigits_cache(char *room)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int length = -1;

    if (cache != NULL && cache[0] == '/') {
        length = snprintf(room, PATH_MAX, "%s", cache);
    } else if (home != NULL) {
        length = snprintf(room, PATH_MAX, "%s/.cache", home);
    }
    if (length < 0 || length >= PATH_MAX) {
        return "";
    }
    mkdir(room, 0700);
    return room;
}

/* To standard error; without a terminal also in a window, by whatever program the desktop has. */
static void qtdigits_say(void)
{
    static const char *script =
        "for shows in \"zenity --error --no-markup --title=qtdigits --text\""
        " \"kdialog --title qtdigits --error\" \"xmessage -center\" \"notify-send qtdigits\"; do"
        " command -v ${shows%% *} >/dev/null && exec $shows \"$0\" >/dev/null 2>&1; done";
    pid_t child;

    fprintf(stderr, "qtdigits: %s\n", QTDIGITS_SENTENCE);
    if (isatty(STDERR_FILENO) || (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY"))) {
        return;
    }
    child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", script, QTDIGITS_SENTENCE, (char *)NULL);
        _exit(127);
    }
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
}

/* As mkdtemp(), but the folder may lie elsewhere: the bootloader's pattern, FOLDER/_MEI and more,
 * stands in a buffer of PATH_MAX bytes. */
static __attribute__((unused)) char *qtdigits_mkdtemp(char *pattern)
{
    char first[PATH_MAX], cache[PATH_MAX], name[64];
    const char *slash = strrchr(pattern, '/');
    const char *places[] = {first, getenv("TEMP"), getenv("TMP"), "/tmp", "/var/tmp", NULL};
    size_t i;

    if (slash == NULL || strlen(slash) >= sizeof(name)) {
        return NULL;
    }
    strcpy(name, slash);
    snprintf(first, sizeof(first), "%.*s", (int)(slash - pattern), pattern);
    places[5] = qtdigits_cache(cache);
    for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if (places[i] == NULL || !qtdigits_is_of_use(places[i])) {
            continue;
        }
        if (snprintf(pattern, PATH_MAX, "%s%s", places[i], name) < PATH_MAX && mkdtemp(pattern)) {
            return pattern;
        }
    }
    qtdigits_say();
    exit(1);
}

#define mkdtemp qtdigits_mkdtemp
