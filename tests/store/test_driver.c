/* test_driver.c: src/store/driver.c: on a full disk the right error, the old
 * file as it was, nothing left behind, and a process that ends in peace. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/array_store.h"
#include "store/driver.h"
#include "store/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROWS 20000
#define MANY_ROWS 400003 /* long writes, that end within a page */
#define SKIPPED 77

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
static double numbers[MANY_ROWS];

static tsl_status write_rows(const tsl_target *target, size_t rows, tsl_error *err)
{
    tsl__store *store;
    tsl_status status = tsl__store_create(target, &kind, &store, err);
    if (status != TSL_OK) {
        return status;
    }
    tsl__store_set_threads(store, 2);
    tsl__store_put_dict(store, "group");
    tsl__store_put_column(store, "group/numbers", TSL__DOUBLE, numbers, rows);
    tsl__store_put_array(store, "group/pairs", TSL__DOUBLE, numbers, rows / 2, 2);
    tsl__store_put_text(store, "group/text", "after the numbers");
    return tsl__store_close(store, err);
}

static tsl_status write_store(const char *path, tsl_error *err)
{
    return write_rows(&(tsl_target){.path = path, .replace = 1}, ROWS, err);
}

/* Runs in a child that ends by exit, so that HDF5 tidies up as in any program;
 * all that it says must be nothing. */
static int in_child(int (*run)(const char *path, rlim_t most), const char *path, rlim_t most)
{
    char said[512];
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        exit(run(path, most));
    }
    close(ends[1]);
    ssize_t count = read(ends[0], said, sizeof said - 1);
    said[count < 0 ? 0 : count] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_string_equal(said, "");
    return WEXITSTATUS(status);
}

static int write_limited(const char *path, rlim_t most)
{
    tsl_error err = {0};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){most, most});
    tsl_status status = write_store(path, &err);
    return status == TSL_OK                                                                 ? 0
           : status == TSL_E_IO && strstr(err.message, "cannot be written: File too large") ? 1
                                                                                            : 2;
}

static void test_file_may_not_grow(void **state)
{
    (void)state;
    tsl_error err;
    struct stat there;
    const char *path = scratch_path("a.h5");
    assert_int_equal(write_store(path, &err), TSL_OK);
    assert_int_equal(stat(path, &there), 0);
    for (rlim_t most = 0; most < (rlim_t)there.st_size; most += most < 4000 ? 97 : 20011) {
        assert_int_equal(in_child(write_limited, path, most), 1);
    }
    assert_int_equal(in_child(write_limited, path, (rlim_t)there.st_size - 1), 1);
    assert_int_equal(in_child(write_limited, path, (rlim_t)there.st_size), 0);
    tsl__store *store;
    assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, &kind, &store, &err), TSL_OK);
    free(tsl__store_get_column(store, "group/numbers", TSL__DOUBLE, ROWS));
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
}

/* What the process may write ends within a long write, or behind one. */
static int write_many_limited(const char *path, rlim_t most)
{
    tsl_error err = {0};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){most, most});
    return write_rows(&(tsl_target){.path = path, .replace = 1}, MANY_ROWS, &err) == TSL_E_IO &&
                   strstr(err.message, "cannot be written: File too large")
               ? 1
               : 2;
}

static void test_long_writes_may_not_grow(void **state)
{
    (void)state;
    const rlim_t mega = 1 << 20;
    const rlim_t most[] = {5000, mega, mega + 1, 3 * mega - 4096, 3 * mega + 12345, 5 * mega, MANY_ROWS * 16};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        assert_int_equal(in_child(write_many_limited, scratch_path("a.h5"), most[i]), 1);
        assert_int_equal(access(scratch_path("a.h5"), F_OK), -1);
    }
}

typedef struct sink {
    char *byte;
    size_t count;
} sink;

static tsl_status take(void *user, const void *byte, size_t count, tsl_error *err)
{
    (void)err;
    sink *all = user;
    all->byte = realloc(all->byte, all->count + count);
    assert_non_null(all->byte);
    memcpy(all->byte + all->count, byte, count);
    all->count += count;
    return TSL_OK;
}

/* Past the page cache and through memory the same bytes come out; arrays of long writes begin at a page. */
static void test_long_writes(void **state)
{
    (void)state;
    tsl_error err;
    tsl__store *store;
    sink all = {0};
    const char *path = scratch_path("a.h5");
    assert_int_equal(write_rows(&(tsl_target){.path = path, .replace = 1}, MANY_ROWS, &err), TSL_OK);
    assert_int_equal(write_rows(&(tsl_target){.write = take, .user = &all}, MANY_ROWS, &err), TSL_OK);
    FILE *file = fopen(path, "rb");
    char *there = malloc(all.count + 1);
    assert_non_null(file);
    assert_non_null(there);
    assert_int_equal(fread(there, 1, all.count + 1, file), all.count);
    fclose(file);
    assert_memory_equal(there, all.byte, all.count);
    const char *first = memmem(there, all.count, numbers, 64);
    assert_non_null(first);
    assert_int_equal((first - there) % (ptrdiff_t)TSL__DISK_PAGE, 0);
    free(there);
    free(all.byte);
    assert_int_equal(tsl__store_open(&(tsl_source){.path = path}, &kind, &store, &err), TSL_OK);
    double *back = tsl__store_get_column(store, "group/numbers", TSL__DOUBLE, MANY_ROWS);
    assert_non_null(back);
    assert_memory_equal(back, numbers, sizeof numbers);
    free(back);
    assert_int_equal(tsl__store_close(store, &err), TSL_OK);
}

/* What does not begin at a page, in memory or in the file, is written as anything else. */
static void test_direct(void **state)
{
    (void)state;
    const size_t page = TSL__DISK_PAGE, count = TSL__DISK_LONG + page + 7;
    char *block = NULL, *back = malloc(count);
    assert_int_equal(posix_memalign((void **)&block, page, count + 1), 0);
    assert_non_null(back);
    for (size_t i = 0; i < count; i++) {
        block[i] = (char)(i * i % 251);
    }
    const struct {
        size_t from, offset;
    } cases[] = {{0, 0}, {0, page}, {1, 0}, {0, 100}, {1, 4097}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__disk disk = {.fd = open(scratch_path("direct"), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        assert_true(disk.fd >= 0);
        tsl__disk_open_direct(&disk);
        assert_int_equal(tsl__disk_write(&disk, block + cases[i].from, count, cases[i].offset), 0);
        assert_int_equal(disk.end, cases[i].offset + count);
        assert_int_equal(tsl__disk_read(&disk, back, count, cases[i].offset), 0);
        assert_memory_equal(back, block + cases[i].from, count);
        tsl__disk_close_direct(&disk);
        assert_int_equal(disk.direct, 0);
        close(disk.fd);
    }
    free(block);
    free(back);
}

static int put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int failed = fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text);
    close(fd);
    return failed;
}

/* Without root: a name space in which this user is root. */
static int become_root(void)
{
    char users[64], groups[64];
    snprintf(users, sizeof users, "0 %u 1", (unsigned)getuid());
    snprintf(groups, sizeof groups, "0 %u 1", (unsigned)getgid());
    return unshare(CLONE_NEWUSER | CLONE_NEWNS) || put("/proc/self/uid_map", users) ||
           put("/proc/self/setgroups", "deny") || put("/proc/self/gid_map", groups);
}

/* A file system of 64 KiB over the scratch folder, seen by the child alone. 0 on success. */
static int mount_small(void)
{
    return (unshare(CLONE_NEWNS) && become_root()) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
           mount("none", scratch, "tmpfs", 0, "size=64k");
}

static int write_to_full_disk(const char *path, rlim_t most)
{
    (void)most;
    tsl_error err = {0};
    if (mount_small()) {
        return SKIPPED;
    }
    if (write_store(path, &err) != TSL_E_IO || !strstr(err.message, "No space left on device")) {
        return 1;
    }
    DIR *folder = opendir(scratch);
    int entries = 0;
    while (readdir(folder)) {
        entries++;
    }
    closedir(folder);
    return entries == 2 ? 0 : 2; /* "." and ".." */
}

static void test_full_disk(void **state)
{
    (void)state;
    int result = in_child(write_to_full_disk, scratch_path("a.h5"), 0);
    if (result == SKIPPED) {
        print_message("skipped: no file system can be mounted here\n");
        skip();
    }
    assert_int_equal(result, 0);
}

/* The library goes on working after a failure in the same process. */
static int write_then_again(const char *path, rlim_t most)
{
    tsl_error err = {0};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){most, RLIM_INFINITY});
    int failed = write_store(path, &err) == TSL_OK;
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
    return failed || write_store(path, &err) != TSL_OK;
}

static void test_goes_on_after_failure(void **state)
{
    (void)state;
    assert_int_equal(in_child(write_then_again, scratch_path("a.h5"), 5000), 0);
    assert_int_equal(in_child(write_then_again, scratch_path("a.h5"), 0), 0);
}

/* In memory: what is written grows, with zeros in between; what is read ends. */
static void test_memory(void **state)
{
    (void)state;
    tsl__disk disk = {.fd = -1};
    char bytes[8] = "........";
    assert_int_equal(tsl__disk_write(&disk, "cd", 2, 40), 0);
    assert_int_equal(tsl__disk_write(&disk, "ab", 2, 0), 0);
    assert_int_equal(disk.end, 42);
    assert_int_equal(tsl__disk_read(&disk, bytes, 4, 0), 0);
    assert_memory_equal(bytes, "ab\0\0", 4);
    assert_int_equal(tsl__disk_read(&disk, bytes, 3, 39), 0);
    assert_memory_equal(bytes, "\0cd", 3);
    assert_int_equal(tsl__disk_read(&disk, bytes, 0, 1000), 0); /* nothing can be read from anywhere */
    assert_int_equal(disk.code, 0);
    assert_int_not_equal(tsl__disk_read(&disk, bytes, 3, 40), 0);
    assert_int_equal(disk.code, EIO);
    free(disk.bytes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_file_may_not_grow),
        TEST(test_full_disk),
        TEST(test_goes_on_after_failure),
        TEST(test_long_writes_may_not_grow),
        TEST(test_long_writes),
        TEST(test_direct),
        TEST(test_memory),
    };
    for (size_t i = 0; i < MANY_ROWS; i++) {
        numbers[i] = (double)i;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
