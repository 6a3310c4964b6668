/* cgroup.c: the processors that the control groups of this process allow. */
#include "base/cgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 4096
#define LINE_BYTES 64

/* The first line of DIRECTORY/NAME; 0 on success. */
static int read_line(const char *directory, const char *name, char line[LINE_BYTES])
{
    char path[2 * PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "re");
    int failed = !file || !fgets(line, LINE_BYTES, file);
    if (file) {
        fclose(file);
    }
    return failed ? -1 : 0;
}

/* Quota and period in microseconds, as processors; 0 where there is no quota. */
static int processors_of(long long quota, long long period)
{
    if (quota <= 0 || period <= 0) {
        return 0;
    }
    long long count = quota / period + (quota % period != 0);
    return count > 65536 ? 65536 : (int)count;
}

/* "max 100000" or "150000 100000" */
static int quota_v2(const char *directory)
{
    char line[LINE_BYTES], *end;
    if (read_line(directory, "cpu.max", line)) {
        return 0;
    }
    long long quota = strtoll(line, &end, 10);
    return end == line ? 0 : processors_of(quota, strtoll(end, NULL, 10));
}

/* A quota of -1 is none. */
static int quota_v1(const char *directory)
{
    char quota[LINE_BYTES], period[LINE_BYTES];
    if (read_line(directory, "cpu.cfs_quota_us", quota) || read_line(directory, "cpu.cfs_period_us", period)) {
        return 0;
    }
    return processors_of(strtoll(quota, NULL, 10), strtoll(period, NULL, 10));
}

static int least_of(int a, int b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

/* The least quota of a group, "/a/b", and of "/a" and "/", below a mount. What
 * is not there (a container sees the host's names) sets no limit. */
static int least_above(const char *root, const char *mount, const char *group, int (*quota)(const char *))
{
    char directory[PATH_BYTES];
    int begin = snprintf(directory, sizeof directory, "%s%s", root, mount), least = 0;
    if (begin < 0 || (size_t)begin + strlen(group) >= sizeof directory) {
        return 0;
    }
    strcpy(directory + begin, group);
    for (char *end = directory + strlen(directory);;) {
        least = least_of(least, quota(directory));
        while (end > directory + begin && *--end != '/') {
        }
        if (end <= directory + begin) {
            *(directory + begin) = '\0';
            return least_of(least, quota(directory));
        }
        *end = '\0';
    }
}

/* Whether "cpu" is one of the controllers "cpu,cpuacct". */
static int has_cpu(const char *controllers)
{
    for (const char *at = controllers; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        if (strncmp(at, "cpu", 3) == 0 && (at[3] == ',' || at[3] == '\0')) {
            return 1;
        }
    }
    return 0;
}

/* A line of /proc/self/cgroup: "0::/group" is v2's, "4:cpu,cpuacct:/group" v1's. */
static int least_of_line(const char *root, char *line)
{
    char *controllers = strchr(line, ':'), *group = controllers ? strchr(controllers + 1, ':') : NULL;
    char mount[PATH_BYTES];
    if (!group) {
        return 0;
    }
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    controllers++;
    if (*controllers == '\0') {
        return least_of(least_above(root, "/sys/fs/cgroup", group, quota_v2),
                        least_above(root, "/sys/fs/cgroup/unified", group, quota_v2));
    }
    if (!has_cpu(controllers)) {
        return 0;
    }
    snprintf(mount, sizeof mount, "/sys/fs/cgroup/%s", controllers);
    return least_of(least_above(root, mount, group, quota_v1),
                    least_above(root, "/sys/fs/cgroup/cpu", group, quota_v1));
}

int tsl__cgroup_get_processors(const char *root)
{
    char line[PATH_BYTES];
    int least = 0;
    snprintf(line, sizeof line, "%s/proc/self/cgroup", root);
    FILE *file = fopen(line, "re");
    while (file && fgets(line, sizeof line, file)) {
        least = least_of(least, least_of_line(root, line));
    }
    if (file) {
        fclose(file);
    }
    return least;
}
