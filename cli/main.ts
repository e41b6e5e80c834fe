console.log("runtime", process.version, process.argv.slice(2));
