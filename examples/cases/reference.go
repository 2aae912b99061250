package main

func referenceTopics() register { return register{} }
