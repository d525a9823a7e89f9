using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Gptx.PowerShell;

/// <summary>
/// Makes lists in objects arrays. The library's results have IReadOnlyList, and what the compiler makes for [.. items] has no indexer that
/// PowerShell sees: $object.Tokens[0] would be the whole list.
/// </summary>
internal static class PlainLists
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>The object, its lists and those of the objects in them made arrays of the same content.</summary>
    public static object? In(object? item)
    {
        if (item is null || !IsOurs(item.GetType()))
        {
            return item;
        }

        foreach (var field in Fields.GetOrAdd(item.GetType(), ListFields))
        {
            if (field.GetValue(item) is IEnumerable list)
            {
                Replace(item, field, list);
            }
        }

        return item;
    }

    private static void Replace(object item, FieldInfo field, IEnumerable list)
    {
        if (IsCompilers(list.GetType()))
        {
            object?[] items = [.. list.Cast<object?>()];
            var array = Array.CreateInstance(field.FieldType.GetGenericArguments()[0], items.Length);
            items.CopyTo(array, 0);
            field.SetValue(item, array);
        }

        if (IsOurs(field.FieldType.GetGenericArguments()[0]))
        {
            foreach (var inner in list)
            {
                In(inner);
            }
        }
    }

    private static FieldInfo[] ListFields(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)),
    ];

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(Gptx), StringComparison.Ordinal) == true;

    private static bool IsCompilers(Type type) => type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;
}
