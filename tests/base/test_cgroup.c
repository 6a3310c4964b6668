/* test_cgroup.c: the least quota of the process's groups, under a made-up root. */
#include "base/cgroup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char root[256];

static int make_root(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(root, sizeof root, "%s/tesela-cgroup-XXXXXX", temp ? temp : "/tmp");
    return !mkdtemp(root);
}

static int visit(const char *path, const struct stat *there, int kind, struct FTW *where)
{
    (void)there;
    (void)kind;
    (void)where;
    return remove(path);
}

static int remove_root(void **state)
{
    (void)state;
    return nftw(root, visit, 16, FTW_DEPTH | FTW_PHYS);
}

/* A file below the root, with the folders above it. */
static void put(const char *name, const char *text)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", root, name);
    for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void check(int processors)
{
    assert_int_equal(tsl__cgroup_get_processors(root), processors);
}

static void test_version_2(void **state)
{
    (void)state;
    check(0); /* nothing is there */
    put("proc/self/cgroup", "0::/system.slice/job.service/worker\n");
    check(0);
    put("sys/fs/cgroup/system.slice/job.service/worker/cpu.max", "max 100000\n");
    check(0);
    put("sys/fs/cgroup/system.slice/job.service/worker/cpu.max", "800000 100000\n");
    check(8);
    put("sys/fs/cgroup/system.slice/job.service/cpu.max", "max 100000\n");
    check(8);
    put("sys/fs/cgroup/system.slice/cpu.max", "250000 100000\n");
    check(3);                                       /* an ancestor's, rounded up */
    put("sys/fs/cgroup/cpu.max", "50000 100000\n"); /* of a container: its root */
    check(1);
    put("sys/fs/cgroup/system.slice/other/cpu.max", "1 100000\n"); /* not above us */
    check(1);
    put("sys/fs/cgroup/cpu.max", "nonsense\n");
    check(3);
    put("sys/fs/cgroup/system.slice/cpu.max", "999999999999999999999 1\n");
    check(8);
}

static void test_version_1(void **state)
{
    (void)state;
    put("proc/self/cgroup", "12:memory:/docker/abc\n5:cpuset:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n");
    check(0);
    put("sys/fs/cgroup/cpuset/docker/abc/cpu.cfs_quota_us", "100000\n"); /* another controller's folder */
    put("sys/fs/cgroup/cpuset/docker/abc/cpu.cfs_period_us", "100000\n");
    check(0);
    put("sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us", "100000\n");
    check(0);
    put("sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_quota_us", "600000\n");
    put("sys/fs/cgroup/cpu,cpuacct/docker/cpu.cfs_period_us", "100000\n");
    check(6);
    put("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "150000\n"); /* as a container sees its own group */
    put("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    check(2);
}

static void test_both(void **state)
{
    (void)state;
    put("proc/self/cgroup", "1:cpu:/a\n0::/b\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "400000\n");
    put("sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
    check(4);
    put("sys/fs/cgroup/unified/b/cpu.max", "300000 100000\n");
    check(3);
}

static void test_damaged(void **state)
{
    (void)state;
    char line[6000];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\0';
    memcpy(line, "0::/", 4);
    put("proc/self/cgroup", line);
    check(0);
    put("proc/self/cgroup", "0\n:\n::\nx\n0::\n0::/..\n0::no-slash\n");
    check(0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)
    const struct CMUnitTest tests[] = {TEST(test_version_2), TEST(test_version_1), TEST(test_both), TEST(test_damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
